// What every page does where scripts run: a dark and a light page, arrow keys in token views, boxes that scroll reached by the keyboard,
// the place in the contents, and everything unfolded for print. Without this file the pages are complete, only less handy.
(function () {
  "use strict";
  var root = document.documentElement;

  function stored(value) {
    try {
      if (value) window.localStorage.setItem("urial-theme", value);
      return window.localStorage.getItem("urial-theme");
    } catch (notAllowed) {
      return null; // a page may be told to keep nothing
    }
  }

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  }

  var kept = stored();
  if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  root.classList.add("scripted");

  var gallery = window.UrialGallery = {
    isDark: isDark,
    button: function (words, act) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = words;
      button.addEventListener("click", act);
      document.querySelector(".tools").appendChild(button);
      return button;
    },
  };

  function themeButton() {
    var button = gallery.button("", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      stored(root.dataset.theme);
      told();
    });
    function told() {
      button.textContent = isDark() ? "Light" : "Dark";
      button.title = isDark() ? "Show the page light" : "Show the page dark";
      document.dispatchEvent(new Event("urial-theme"));
    }
    told();
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", told);
  }

  function tokensOf(view) {
    return Array.prototype.slice.call(view.querySelectorAll(".t span[aria-label]"));
  }

  // The token whose middle is nearest on the next line up or down; null where there is no such line.
  function onLine(tokens, from, down) {
    var here = from.getBoundingClientRect(), line = null, best = null, bestAway = Infinity;
    var candidates = down ? tokens : tokens.slice().reverse();
    candidates.forEach(function (token) {
      var box = token.getBoundingClientRect();
      if (down ? box.top < here.bottom - 2 : box.bottom > here.top + 2) return;
      if (line === null) line = box.top;
      if (Math.abs(box.top - line) > 4) return;
      var away = Math.abs(box.left + box.width / 2 - here.left - here.width / 2);
      if (away < bestAway) { best = token; bestAway = away; }
    });
    return best;
  }

  function tokenViews() {
    document.querySelectorAll(".urial-heat").forEach(function (view) {
      tokensOf(view).forEach(function (token, i) { token.tabIndex = i === 0 ? 0 : -1; });
    });
    document.addEventListener("keydown", function (event) {
      var token = event.target.closest && event.target.closest(".urial-heat .t span[aria-label]");
      if (!token || event.altKey || event.ctrlKey || event.metaKey) return;
      var tokens = tokensOf(token.closest(".urial-heat")), at = tokens.indexOf(token), to;
      switch (event.key) {
        case "ArrowRight": to = tokens[at + 1]; break;
        case "ArrowLeft": to = tokens[at - 1]; break;
        case "ArrowDown": to = onLine(tokens, token, true); break;
        case "ArrowUp": to = onLine(tokens, token, false); break;
        case "Home": to = tokens[0]; break;
        case "End": to = tokens[tokens.length - 1]; break;
        default: return;
      }
      event.preventDefault();
      event.stopPropagation();
      if (!to) return;
      token.tabIndex = -1;
      to.tabIndex = 0;
      to.focus();
    }, true);
  }

  function scrollBoxes() {
    document.querySelectorAll(".view, .urial-table, .urial-found, .scroll, pre, .formula, math, .picture").forEach(function (box) {
      var scrolls = box.clientWidth > 0 && box.scrollWidth > box.clientWidth + 1
        && /auto|scroll/.test(getComputedStyle(box).overflowX);
      if (scrolls && !box.hasAttribute("tabindex")) {
        box.tabIndex = 0;
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", "Wider than the page: scrolls sideways");
        box.dataset.scrolls = "yes";
      } else if (!scrolls && box.dataset.scrolls) {
        ["tabindex", "role", "aria-label", "data-scrolls"].forEach(function (name) { box.removeAttribute(name); });
      }
    });
  }

  function placeInContents() {
    var links = {};
    document.querySelectorAll(".side a").forEach(function (link) { links[decodeURIComponent(link.hash.slice(1))] = link; });
    var headings = Array.prototype.filter.call(document.querySelectorAll("main h2, main h3"), function (h) { return links[h.id]; });
    if (headings.length === 0) return;
    var waiting = false;
    function tell() {
      waiting = false;
      var current = headings[0];
      headings.forEach(function (heading) { if (heading.getBoundingClientRect().top < 140) current = heading; });
      headings.forEach(function (heading) {
        if (heading === current) links[heading.id].setAttribute("aria-current", "true");
        else links[heading.id].removeAttribute("aria-current");
      });
    }
    window.addEventListener("scroll", function () {
      if (waiting) return;
      waiting = true;
      window.requestAnimationFrame(tell);
    }, { passive: true });
    tell();
  }

  function print() {
    var opened = [];
    window.addEventListener("beforeprint", function () {
      document.querySelectorAll("main details:not([open])").forEach(function (fold) {
        if (fold.closest(".contents")) return;
        fold.open = true;
        opened.push(fold);
      });
    });
    window.addEventListener("afterprint", function () {
      opened.splice(0).forEach(function (fold) { fold.open = false; });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    themeButton();
    tokenViews();
    placeInContents();
    print();
    scrollBoxes();
    var later;
    window.addEventListener("resize", function () {
      clearTimeout(later);
      later = setTimeout(scrollBoxes, 200);
    });
    window.addEventListener("load", scrollBoxes);
    document.addEventListener("toggle", scrollBoxes, true);
  });
})();
