// The lecture view of a chapter: its headings, pictures, tables, token views and boxes one by one, as large as the screen. Opened by the
// button "Slides" or by #slides in the address; arrows, Page keys, Home and End move, Escape ends it.
(function () {
  "use strict";
  var main = document.querySelector("main.lesson");
  if (!main || !window.UrialGallery) return;

  var Wide = 880, Tallest = 560, Head = 110; // pixels of a page: how wide and high what one slide shows is, and of that the head
  var stage, body, head, count, slides, at = -1, place = null, button;

  function element(name, kind, text) {
    var made = document.createElement(name);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    return made;
  }

  // ---- what there is to show --------------------------------------------------------------------------------------------------

  function firstSentence(text) {
    var whole = text.trim().replace(/^\d+\.\s+/, ""); // an exercise's number is no sentence
    var found = /^.*?[.!?](?=\s+[^a-z\s]|\s*$)/s.exec(whole);
    return found ? found[0] : whole;
  }

  // The first paragraph after a heading; one all in italics says only where the chapter belongs.
  function sentenceAfter(heading) {
    var blocks = Array.prototype.slice.call(main.querySelectorAll(".prose > h1, .prose > h2, .prose > h3, .prose > p"));
    for (var i = blocks.indexOf(heading) + 1; i < blocks.length && blocks[i].tagName === "P"; i++) {
      var only = blocks[i].children.length === 1 && blocks[i].firstElementChild.tagName === "EM"
        && blocks[i].textContent.trim() === blocks[i].firstElementChild.textContent.trim();
      if (!only && blocks[i].textContent.trim()) return firstSentence(blocks[i].textContent);
    }
    return "";
  }

  function collect() {
    var found = [], heading = "";
    var wanted = ".prose > h1, .prose > h2, .prose > h3, .prose > blockquote, .prose > .markdown-alert, .prose > p > img, "
      + ".cell > .view, .cell > .plot";
    main.querySelectorAll(wanted).forEach(function (node) {
      if (/^H[123]$/.test(node.tagName)) {
        heading = node.textContent;
        found.push({ heading: heading, words: sentenceAfter(node), title: node.tagName === "H1", node: node });
      } else {
        portions(node).forEach(function (portion) { found.push({ heading: heading, node: node, shows: true, portion: portion }); });
      }
    });
    return found;
  }

  // A table, box or prompt that would have to shrink below what can be projected is shown in portions, at its own pieces: rows,
  // paragraphs, parts. Each keeps the table's head and caption.
  function portions(node) {
    if (node.querySelector(".urial-heat")) return [null];
    var pieces = Array.prototype.slice.call(node.querySelectorAll(".urial-table tbody tr, .urial-table .n, "
      + ".urial-found > p:not(:first-child), .urial-prompt .x, .urial-written details")).filter(function (piece) { return piece.offsetHeight > 0; });
    if (pieces.length < 2 || node.offsetHeight <= Tallest) return [null];
    var found = [[]], high = 0;
    pieces.forEach(function (piece) {
      if (high > 0 && high + piece.offsetHeight > Tallest - Head) { found.push([]); high = 0; }
      found[found.length - 1].push(piece);
      high += piece.offsetHeight;
    });
    return found.map(function (shown) { return { pieces: pieces, shown: shown }; });
  }

  function cut(slide) {
    if (!slide.portion) return;
    var shown = slide.portion.shown;
    slide.portion.pieces.forEach(function (piece) { piece.classList.toggle("off", shown.indexOf(piece) < 0); });
    slide.node.querySelectorAll("table").forEach(function (table) {
      table.classList.toggle("off", !shown.some(function (piece) { return table.contains(piece); }));
    });
  }

  function makeWhole(node) {
    node.querySelectorAll(".off").forEach(function (piece) { piece.classList.remove("off"); });
  }

  // ---- the stage --------------------------------------------------------------------------------------------------------------

  function makeStage() {
    stage = element("div", "stage");
    stage.setAttribute("role", "dialog");
    stage.setAttribute("aria-modal", "true");
    stage.setAttribute("aria-label", "Slides");
    stage.tabIndex = -1;
    head = element("p", "stage-head");
    body = element("div", "stage-body");
    var foot = element("div", "stage-foot");
    count = element("span");
    count.setAttribute("role", "status");
    [["← Back", function () { show(at - 1); }], [null, null], ["Next →", function () { show(at + 1); }], ["End (Esc)", close]]
      .forEach(function (part) {
        if (!part[0]) { foot.appendChild(count); return; }
        var made = element("button", "", part[0]);
        made.type = "button";
        made.addEventListener("click", part[1]);
        foot.appendChild(made);
      });
    ["left", "right"].forEach(function (side) {
      var area = element("div", "stage-side " + side);
      area.addEventListener("click", function () { show(at + (side === "left" ? -1 : 1)); });
      stage.appendChild(area);
    });
    stage.append(head, body, foot);
    document.body.appendChild(stage);
  }

  function putBack() {
    if (!place) return;
    slides[at].node.style.zoom = "";
    slides[at].node.style.width = "";
    makeWhole(slides[at].node);
    place.replaceWith(slides[at].node);
    place = null;
  }

  function show(to) {
    if (to < 0 || to >= slides.length) return;
    putBack();
    at = to;
    var slide = slides[at];
    body.textContent = "";
    body.className = "stage-body" + (slide.shows ? " shows" : slide.title ? " title" : "");
    head.textContent = slide.shows ? slide.heading : "";
    if (slide.shows) {
      place = document.createComment("the slide's place");
      slide.node.replaceWith(place);
      body.appendChild(slide.node);
      cut(slide);
      fit(slide.node);
    } else {
      body.append(element("h2", "", slide.heading), element("p", "", slide.words));
    }
    count.textContent = (at + 1) + " of " + slides.length;
    body.scrollTop = 0;
    window.history.replaceState(null, "", "#slides-" + (at + 1));
  }

  // As large as the stage allows, at most two and a half times; a picture that is wider than the stage shrinks by itself.
  function fit(node) {
    node.style.zoom = "";
    // As wide as on the page: wider, no heading of a table would wrap, and all would have to be small.
    node.style.width = node.classList.contains("view") ? Math.min(Wide, body.clientWidth) + "px" : "";
    var widest = 0;
    node.querySelectorAll("table, img, .t, p, .urial-table").forEach(function (part) { widest = Math.max(widest, part.scrollWidth); });
    var wide = Math.max(widest, 320), high = node.scrollHeight;
    var zoom = Math.min(body.clientWidth / (wide + 40), body.clientHeight / (high + 10), 2.5);
    if (node.querySelector(".urial-heat")) zoom = Math.min(body.clientWidth / 800, 2);
    if (node.tagName === "BLOCKQUOTE") zoom = 1;
    node.style.zoom = Math.max(1, zoom).toFixed(2);
  }

  function open(from) {
    slides = slides || collect();
    if (slides.length === 0) return;
    if (!stage) makeStage();
    document.documentElement.classList.add("lecture");
    stage.focus();
    show(Math.min(Math.max(from, 0), slides.length - 1));
  }

  function close() {
    var node = slides[at].node;
    putBack();
    at = -1;
    document.documentElement.classList.remove("lecture");
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    node.scrollIntoView({ block: "center" });
    button.focus({ preventScroll: true });
  }

  // Where a reader has got to, so that slides begin there.
  function here() {
    slides = slides || collect();
    var from = 0;
    slides.forEach(function (slide, i) { if (slide.node.getBoundingClientRect().top < 80) from = i; });
    return from;
  }

  document.addEventListener("keydown", function (event) {
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    var onButton = event.target.tagName === "BUTTON" || event.target.tagName === "SUMMARY";
    var moves = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
    if (event.key in moves) show(at + moves[event.key]);
    else if (event.key === " " && !onButton) show(at + (event.shiftKey ? -1 : 1));
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(slides.length - 1);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });

  button = window.UrialGallery.button("Slides", function () { open(here()); });
  button.title = "Show the chapter one picture at a time";
  function fromAddress() {
    var asked = /^#slides(?:-(\d+))?$/.exec(window.location.hash);
    if (asked) open((asked[1] || 1) - 1);
  }
  window.addEventListener("hashchange", fromAddress);
  window.addEventListener("load", fromAddress);
  window.addEventListener("resize", function () { if (at >= 0 && slides[at].shows) fit(slides[at].node); });
})();
