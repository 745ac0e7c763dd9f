"use strict";
(function () {
  // Everything that comes from models and users is set as text, never as markup.
  const part = name => document.querySelector('[data-part="' + name + '"]');
  const blocks = name => document.querySelectorAll('script[data-urial="' + name + '"]');
  const index = JSON.parse(blocks("index")[0].textContent);
  const tokens = JSON.parse(blocks("tokens")[0].textContent);
  const chunkBlocks = blocks("chunk");
  const list = part("list"), pager = part("pager"), controls = part("controls");
  const count = index.id.length;
  const classes = ["unshifted", "marginal", "shifted"], glyphs = ["", "○", "▲"];

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  // ---- numbers as the library writes them
  const grouped = value => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  const percent = thousandths => thousandths < 0 ? "<0.1%" : (thousandths / 10).toFixed(1) + "%";
  const least = index.least ? "≥ " : ""; // a server told the most probable tokens alone
  const nats = hundredths => least + (hundredths / 100).toFixed(2);
  const share = (part, whole) => {
    const value = 100 * part / whole;
    return part > 0 && value < 0.05 ? "< 0.1 %" : value.toFixed(1) + " %";
  };

  // ---- positions: chunks are read when one of their answers comes on screen, and the last ones are kept
  const kept = new Map();
  async function inflate(text) {
    const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).text();
  }
  function chunk(number) {
    let held = kept.get(number);
    kept.delete(number);
    if (!held) {
      const text = chunkBlocks[number].textContent;
      held = (index.compressed ? inflate(text) : Promise.resolve(text)).then(JSON.parse);
    }
    kept.set(number, held);
    if (kept.size > 80) kept.delete(kept.keys().next().value);
    return held;
  }
  async function positions(answer) {
    let low = 0, high = index.chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (index.chunks[middle] <= answer) low = middle; else high = middle - 1;
    }
    const data = (await chunk(low))[answer - index.chunks[low]];
    const [token, rank, base, aligned, kl, lk, js, baseEntropy, alignedEntropy, baseTop, baseP, alignedTop, alignedP, parts] = data;
    const top = (ids, p, at) => {
      const width = ids.length / token.length, rows = [];
      for (let k = at * width; k < (at + 1) * width; k++) if (ids[k] >= 0) rows.push([ids[k], p[k]]);
      return rows;
    };
    return token.map((id, at) => ({
      id, at, count: token.length, rank: rank[at], base: base[at], aligned: aligned[at], kl: kl[at], lk: lk[at], js: js[at],
      kind: rank[at] === 1 ? 0 : rank[at] <= 3 ? 1 : 2, part: parts.length ? parts[at] : -1,
      sides: [["base", baseEntropy[at], top(baseTop, baseP, at)], ["aligned", alignedEntropy[at], top(alignedTop, alignedP, at)]],
    }));
  }

  // ---- an answer's tokens
  const head = p => tokens.shown[p.id] + "  " + classes[p.kind] + ", base rank " + grouped(p.rank) + " (position " + p.at + " of " + p.count + ")";
  const probabilities = p => "P: base " + percent(p.base) + ", aligned " + percent(p.aligned);
  const divergences = p => "KL(aligned‖base) " + nats(p.kl) + ", KL(base‖aligned) " + nats(p.lk) + ", JS " + nats(p.js) + " nats";
  const words = p => [head(p), probabilities(p), divergences(p)].concat(p.sides.map(([name, entropy, top]) =>
    name + ": " + top.map(([id, value]) => tokens.shown[id] + " " + percent(value)).join("  ") + " (entropy " + nats(entropy) + " nats)")).join("\n");

  const shown = new WeakMap(); // a token's element: its position
  function drawTokens(place, rows) {
    const all = document.createDocumentFragment();
    let inPart = -1;
    for (const p of rows) {
      if (p.part !== inPart) all.append(make("b", "part", index.parts[p.part]), "\n");
      inPart = p.part;
      const form = tokens.form[p.id];
      const span = make("span", classes[p.kind][0]);
      span.setAttribute("role", "img");
      span.setAttribute("aria-label", words(p));
      span.tabIndex = p.at === 0 ? 0 : -1;
      if (glyphs[p.kind]) span.append(make("sup", "", glyphs[p.kind]));
      if (form & 4) span.append(make("i", "", tokens.shown[p.id])); else span.append(tokens.shown[p.id]);
      shown.set(span, p);
      all.append(span);
      for (let line = form & 3; line > 0; line--) all.append(make("br"));
      all.append("\n");
    }
    place.replaceChildren(all);
    place.dataset.drawn = "yes";
  }

  // ---- the card of the token that is pointed at, focused or tapped
  const card = make("div", "card");
  card.setAttribute("aria-hidden", "true"); // a reader of the screen has the same as the token's label
  card.hidden = true;
  let active = null;
  function topTable(side, chosen) {
    const [name, entropy, top] = side;
    const box = make("div"), table = make("table"), body = make("tbody");
    box.append(make("p", "n", name + ", entropy " + nats(entropy) + " nats"));
    for (const [id, value] of top) {
      const row = make("tr", id === chosen ? "chosen" : "");
      row.append(make("td", "", tokens.shown[id]), make("td", "", percent(value)));
      body.append(row);
    }
    table.append(body);
    box.append(top.length ? table : make("p", "n", "no top tokens were stored"));
    return box;
  }
  function open(span) {
    const p = shown.get(span);
    if (!p) return;
    close();
    active = span;
    span.classList.add("on");
    const pairs = make("div", "pairs");
    pairs.append(topTable(p.sides[0], p.id), topTable(p.sides[1], p.id));
    card.replaceChildren(make("p", "", (glyphs[p.kind] ? glyphs[p.kind] + " " : "") + head(p)), make("p", "", probabilities(p)),
      make("p", "", divergences(p)), pairs);
    const answer = span.closest(".answer");
    answer.append(card);
    card.hidden = false;
    card.classList.toggle("high", span.getBoundingClientRect().top > window.innerHeight * 0.5); // on a phone, away from the finger
    const frame = answer.getBoundingClientRect(), box = span.getBoundingClientRect();
    card.style.left = Math.max(6, Math.min(box.left - frame.left, frame.width - card.offsetWidth - 8)) + "px";
    // Below the token, or above it where there is more room.
    const below = box.bottom + card.offsetHeight + 12 < window.innerHeight || box.top < card.offsetHeight + 12;
    card.style.top = (below ? box.bottom - frame.top + 8 : box.top - frame.top - card.offsetHeight - 8) + "px";
  }
  function close() {
    if (active) active.classList.remove("on");
    active = null;
    card.hidden = true;
  }
  const tokenOf = event => event.target instanceof Element ? event.target.closest(".tokens > span") : null;
  list.addEventListener("pointerover", event => { if (event.pointerType === "mouse" && tokenOf(event)) open(tokenOf(event)); });
  list.addEventListener("pointerout", event => {
    if (event.pointerType !== "mouse" || !tokenOf(event)) return;
    const focused = document.activeElement;
    if (shown.has(focused) && focused.matches(":focus-visible")) open(focused); else close();
  });
  list.addEventListener("focusin", event => { if (tokenOf(event)) enter(tokenOf(event)); });
  list.addEventListener("focusout", event => { if (tokenOf(event)) close(); });
  list.addEventListener("click", event => { if (tokenOf(event)) tokenOf(event).focus({ preventScroll: true }); });
  function enter(span) { // one Tab stop a view: the token that was there last
    for (const other of span.parentElement.querySelectorAll('span[tabindex="0"]')) other.tabIndex = -1;
    span.tabIndex = 0;
    open(span);
  }
  list.addEventListener("keydown", event => {
    const span = tokenOf(event);
    if (!span) return;
    if (event.key === "Escape") { close(); return; }
    const all = [...span.parentElement.querySelectorAll(":scope > span")], at = all.indexOf(span);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (all[to]) all[to].focus();
  });

  // ---- one answer
  const watcher = new IntersectionObserver(entries => {
    for (const entry of entries)
      if (entry.isIntersecting) {
        watcher.unobserve(entry.target);
        draw(entry.target);
      }
  }, { rootMargin: "400px" });
  function draw(place) {
    return positions(Number(place.dataset.answer)).then(rows => drawTokens(place, rows), () => {
      place.textContent = index.text[Number(place.dataset.answer)];
      place.after(make("p", "n", "This browser cannot unpack the positions of a run this large: the text alone is shown. Open the page in a newer one."));
    });
  }
  function article(answer) {
    const id = index.id[answer], box = make("article", "answer"), title = make("h3");
    if (!id.startsWith("urial-")) box.id = id;
    const link = make("a", "", id);
    link.href = "#" + encodeURIComponent(id);
    link.title = "Link to this answer";
    title.append(link);
    if (index.kind && index.kind[answer]) title.append(make("span", "kind", index.kind[answer]));
    box.append(title);
    box.tabIndex = -1;
    if (index.query[answer]) box.append(make("p", "query", index.query[answer]));
    box.append(make("p", "n", grouped(index.length[answer]) + " tokens · shifted " + share(index.shifted[answer], index.length[answer])
      + " · marginal " + share(index.marginal[answer], index.length[answer]) + " · mean KL(aligned‖base) " + least + (index.kl[answer] / 10000).toFixed(2)
      + " nats" + (index.ended[answer] ? "" : " · did not end")));
    const place = make("div", "tokens");
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", "Answer to " + id + ", token by token");
    place.dataset.answer = answer;
    box.append(place);
    return box;
  }

  // ---- searching, filtering, sorting, paging
  const orders = {
    run: ["position in the run", null, 1],
    share: ["share shifted", answer => index.shifted[answer] / index.length[answer], -1],
    kl: ["mean KL(aligned‖base)", answer => index.kl[answer], -1],
    length: ["length", answer => index.length[answer], -1],
  };
  const state = { words: "", kind: "", ended: "", order: "run", turned: false, page: 0 };
  let haystack = null, found = [];
  function find() {
    const wanted = state.words.toLowerCase().trim();
    if (wanted && !haystack)
      haystack = index.id.map((id, answer) => (id + "\n" + index.query[answer] + "\n" + index.text[answer]).toLowerCase());
    found = [];
    for (let answer = 0; answer < count; answer++)
      if ((!wanted || haystack[answer].includes(wanted)) && (!state.kind || index.kind[answer] === state.kind)
        && (!state.ended || String(index.ended[answer]) === state.ended)) found.push(answer);
    const [, key, way] = orders[state.order], sign = state.turned ? -way : way;
    if (key) {
      const keys = found.map(key), places = found.map((_, at) => at);
      places.sort((a, b) => sign * (keys[a] - keys[b]) || a - b);
      found = places.map(at => found[at]);
    } else if (sign < 0) found.reverse();
  }
  function show() {
    close();
    watcher.disconnect();
    const pages = Math.max(1, Math.ceil(found.length / index.page));
    state.page = Math.min(Math.max(0, state.page), pages - 1);
    const from = state.page * index.page, slice = found.slice(from, from + index.page);
    const all = document.createDocumentFragment();
    for (const answer of slice) all.append(article(answer));
    if (!slice.length) all.append(make("p", "", "No answer has all of this: search for less, or choose another filter."));
    list.classList.remove("static");
    list.replaceChildren(all);
    for (const place of list.querySelectorAll(".tokens")) watcher.observe(place);
    const range = slice.length ? grouped(from + 1) + "–" + grouped(from + slice.length) + " of " : "";
    said.textContent = range + grouped(found.length) + " answers" + (found.length < count ? " found among " + grouped(count) : "");
    where.textContent = "page " + grouped(state.page + 1) + " of " + grouped(pages);
    first.disabled = back.disabled = state.page === 0;
    next.disabled = last.disabled = state.page === pages - 1;
    pager.hidden = pages === 1;
  }
  function change(values) {
    Object.assign(state, values, { page: 0 });
    find();
    show();
  }

  function field(name, input, className) {
    const label = make("label", className, name);
    input.setAttribute("aria-label", name); // a choice's options are no part of its name
    label.append(input);
    controls.append(label);
    return input;
  }
  function choice(name, options, pick) {
    const select = field(name, make("select"));
    for (const [value, text] of options) {
      const option = make("option", "", text);
      option.value = value;
      select.append(option);
    }
    select.addEventListener("change", () => pick(select.value));
    return select;
  }
  function button(text, act) {
    const made = make("button", "", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }
  const search = field("Search in queries and answers", make("input"), "grow");
  search.type = "search";
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => change({ words: search.value }), count > 2000 ? 150 : 0);
  });
  const kinds = index.kind ? [...new Set(index.kind)].filter(kind => kind).sort() : [];
  const kind = kinds.length ? choice("Kind", [["", "all"], ...kinds.map(one => [one, one])], value => change({ kind: value })) : null;
  const ended = index.ended.includes(0) && index.ended.includes(1)
    ? choice("Ended", [["", "all"], ["1", "ended"], ["0", "did not end"]], value => change({ ended: value })) : null;
  const order = choice("Sort by", Object.entries(orders).map(([value, [text]]) => [value, text]), value => change({ order: value, turned: false }));
  controls.append(button("⇅ reverse", () => change({ turned: !state.turned })));
  const said = make("p", "count n");
  said.setAttribute("role", "status");
  controls.append(said);
  const turn = page => { state.page = page; show(); part("controls").scrollIntoView(); };
  const first = button("« first", () => turn(0)), back = button("‹ back", () => turn(state.page - 1));
  const next = button("next ›", () => turn(state.page + 1)), last = button("last »", () => turn(Infinity));
  const where = make("span");
  pager.append(first, back, where, next, last);
  controls.hidden = false;

  // ---- a link to one answer: its id, or q17 for the seventeenth of the run
  function linked() {
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch (broken) { return; } // a hand-written link that is no escape is looked up as nothing
    let answer = name ? index.id.indexOf(name) : -1;
    const place = /^q(\d+)$/.exec(name);
    if (answer < 0 && place && Number(place[1]) >= 1 && Number(place[1]) <= count) answer = Number(place[1]) - 1;
    if (answer < 0) return;
    if (!found.includes(answer)) {
      Object.assign(state, { words: "", kind: "", ended: "" });
      search.value = "";
      for (const select of [kind, ended]) if (select) select.value = "";
      find();
    }
    state.page = Math.floor(found.indexOf(answer) / index.page);
    show();
    const place2 = list.querySelector('[data-answer="' + answer + '"]'), box = place2.closest(".answer");
    draw(place2).then(() => {
      box.classList.add("found");
      box.scrollIntoView();
      box.focus({ preventScroll: true });
    });
  }
  window.addEventListener("hashchange", linked);

  // ---- charts: what a mark says, on pointing or tapping; and in print, all of the page that is drawn
  for (const figure of document.querySelectorAll("figure")) {
    const line = figure.querySelector('[data-part="say"]');
    if (!line) continue;
    const note = line.textContent;
    const say = event => {
      const mark = event.target instanceof Element ? event.target.closest(".hit") : null;
      line.textContent = mark ? mark.querySelector("title").textContent : note;
    };
    figure.addEventListener("pointerover", say);
    figure.addEventListener("click", say);
    figure.addEventListener("pointerleave", () => { line.textContent = note; });
  }
  window.addEventListener("beforeprint", () => { for (const place of list.querySelectorAll(".tokens:not([data-drawn])")) draw(place); });

  find();
  show();
  linked();
})();
