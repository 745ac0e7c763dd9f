"use strict";
(function () {
  // Everything that comes from models and users is set as text, never as markup.
  const part = name => document.querySelector('[data-part="' + name + '"]');
  const classes = ["unshifted", "marginal", "shifted"], glyphs = ["", "○", "▲"];
  const kindOf = p => p.rank === 1 ? 0 : p.rank <= 3 ? 1 : 2;

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }
  function draw(tag, values) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
    return element;
  }
  // What cannot be seen, or steers what stands around it, by its number; what the server sends has been through the same already.
  const visible = text => text.replace(/\r\n/g, "\n").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0]/gu,
    letter => letter === "\n" || letter === "\t" ? letter
      : "⟨U+" + letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0") + "⟩");

  // ---- numbers as the library writes them
  const grouped = value => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  const percent = value => value > 0 && value < 0.0005 ? "<0.1%" : (100 * value).toFixed(1) + "%";
  const share = (some, all) => some > 0 && some / all < 0.0005 ? "< 0.1 %" : (100 * some / all).toFixed(1) + " %";
  const bound = value => value === null ? "∞" : value.toFixed(2);
  const nats = value => Array.isArray(value) ? "between " + bound(value[0]) + " and " + bound(value[1]) : value.toFixed(2);
  const rankOf = p => (p.censored ? "≥ " : "") + grouped(p.rank);
  const least = value => Array.isArray(value) ? value[0] || 0 : value;

  // ---- state: all of it stands in the address
  let about = null;
  const fresh = () => ({ turns: [], style: { name: "zero-shot" }, control: false, before: null, answers: [], at: [0, -1] });
  let state = fresh();
  const scored = new Map(); // an answer under a prompt: its positions
  const keyOf = (turns, style, control, answer) => JSON.stringify([turns, style, control, answer.ids, answer.stopped]);
  const key = answer => keyOf(state.turns, state.style, state.control, answer);
  const beforeKey = answer => state.before ? keyOf(state.turns, state.before.style, state.before.control, answer) : null;
  function keep(name, value) {
    scored.delete(name);
    scored.set(name, value);
    if (scored.size > 120) scored.delete(scored.keys().next().value);
  }

  function encode(value) {
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    let letters = "";
    for (const byte of bytes) letters += String.fromCharCode(byte);
    return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function decode(text) {
    const letters = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(letters, letter => letter.charCodeAt(0))));
  }
  const address = () => "#" + encode(Object.assign({ pair: about.fingerprint }, state));
  // Steps of this page's own that lie behind: undo goes back over these and never to the page that was here before.
  let steps = 0, noting = 0, noted = 0;
  function remember() {
    clearTimeout(noting);
    noting = 0;
    history.pushState({ steps: ++steps }, "", address());
  }
  function noteNow() {
    clearTimeout(noting);
    noting = 0;
    noted = performance.now();
    history.replaceState({ steps }, "", address());
  }
  // Browsers refuse a page that changes its address too often: who holds a key down moves faster than that. And what is still under way
  // is no state to be noted.
  function note() {
    if (noting) return;
    if (!working && performance.now() - noted > 400) noteNow();
    else noting = setTimeout(() => { noting = 0; note(); }, 450);
  }
  window.addEventListener("pagehide", () => { if (noting && !working) noteNow(); });

  // Whoever wrote the address may have written anything: what is no state is refused, in words.
  function read(hash) {
    if (hash.length < 2) return fresh();
    const wrong = new Error("This address holds no state of this page: it was cut, or is another page's. Ask anew.");
    let found;
    try { found = decode(hash.slice(1)); } catch (broken) { throw wrong; }
    if (!found || typeof found !== "object") throw wrong;
    if (found.pair !== about.fingerprint)
      throw new Error("This link is of another pair of models: its tokens would mean something else here. Start urial explore with that pair.");
    const text = value => typeof value === "string", list = Array.isArray;
    const style = value => value && about.styles.some(one => one.name === value.name && one.k === value.k)
      && (value.text === undefined || text(value.text) && value.text.length <= about.limits.prompt);
    const only = value => value.text === undefined ? plain(value) : Object.assign(plain(value), { text: value.text });
    if (!list(found.turns) || !found.turns.every(turn => turn && text(turn.role) && text(turn.content)) || !style(found.style)
      || !list(found.answers) || found.answers.length > about.limits.branches || (found.before && !style(found.before.style))
      || !found.answers.every(one => one && list(one.ids) && one.ids.length && one.ids.length <= about.limits.answer
        && one.ids.every(id => Number.isInteger(id) && id >= 0) && Number.isFinite(one.blend)
        && Number.isInteger(one.begun) && one.begun >= 0 && one.begun <= one.ids.length && text(one.name)) || !list(found.at)
      || (found.answers.length && !found.turns.length)) throw wrong;
    return {
      turns: found.turns.map(turn => ({ role: turn.role, content: turn.content })), style: only(found.style), control: found.control === true,
      before: found.before ? { style: only(found.before.style), control: found.before.control === true } : null,
      answers: found.answers.map(one => ({ ids: one.ids, stopped: one.stopped === true, name: one.name, blend: one.blend, begun: one.begun })),
      at: [Number(found.at[0]) || 0, Number.isInteger(found.at[1]) ? found.at[1] : -1],
    };
  }

  // ---- the server
  let working = null; // what is under way, to be stopped
  async function failure(response) {
    try { return new Error((await response.json()).error); } catch (broken) {
      return new Error("The server refuses (" + response.status + "): reload the page with the address that urial explore printed.");
    }
  }
  async function post(name, body, signal) {
    let response;
    try {
      response = await fetch("api/" + name, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal });
    } catch (gone) {
      if (gone.name === "AbortError") throw gone;
      throw new Error("The server does not answer: urial explore was ended, perhaps. Start it again; the part of this address behind # still works there.");
    }
    if (!response.ok) throw await failure(response);
    return response;
  }
  async function events(response, told) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (true) {
      const { value, done } = await reader.read();
      if (done) return;
      text += value;
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const match = /^event: (.*)\ndata: (.*)$/.exec(text.slice(0, end));
        text = text.slice(end + 2);
        if (match) told(match[1], JSON.parse(match[2]));
      }
    }
  }
  const request = (answers, other) => Object.assign({ turns: state.turns, style: state.style, control: state.control, limit: about.limits.usual, answers }, other);

  // ---- what is said
  function say(text) { part("status").textContent = text; }
  function fail(problem) {
    part("error").textContent = problem ? problem.message : "";
    part("error").hidden = !problem;
    if (problem) say("");
  }
  function busy(on) {
    part("stop").hidden = !on;
    part("ask").disabled = on;
    part("askon").disabled = on;
    document.body.dataset.busy = on ? "yes" : "no";
  }
  // One thing at a time: what begins ends what was under way, which from then on changes nothing any more. Before it does, each asks
  // whether it is still the one: `mine`. What is stopped by hand is.
  async function work(what) {
    if (working) working.abort();
    const own = working = new AbortController(), mine = () => own === working;
    fail(null);
    busy(true);
    try {
      await what(own.signal, mine);
    } catch (problem) {
      if (mine()) problem.name === "AbortError" ? say("Stopped.") : fail(problem);
    } finally {
      if (mine()) { working = null; busy(false); }
    }
  }
  const replaced = () => new DOMException("Something else was begun.", "AbortError");

  // ---- asking
  const speaker = blend => blend === 1 ? "the aligned model" : blend === 0 ? "the base model" : "the blend, λ = " + blend.toFixed(1);
  async function decodeAnswer(signal, mine, answer, begun, place) {
    const shown = { positions: begun.positions.slice(), ended: false, running: true };
    const wanted = begun.ids.length ? [{ ids: begun.ids, name: answer.name, blend: answer.blend, begun: begun.ids.length }] : [];
    let whole = null, begunAt = performance.now(), first = 0;
    drawAnswers(place, answer, shown);
    try {
      await events(await post("ask", request(wanted, { blend: answer.blend }), signal), (name, data) => {
        if (!mine()) return;
        if (name === "token") {
          if (!first) first = performance.now() - begunAt;
          shown.positions[data.at] = data;
          addToken(place, data);
          say(speaker(answer.blend) + " answers: " + grouped(shown.positions.length) + " tokens …");
        } else if (name === "answer") whole = data;
        else if (name === "error") throw new Error(data.error);
      });
      if (!whole) throw new Error("The answer broke off: the server was ended, perhaps.");
    } catch (problem) {
      const told = shown.positions.filter(p => p);
      if (problem.name !== "AbortError" || !told.length || !mine()) throw problem;
      // Stopped by hand: what is there is scored as it stands.
      answer.ids = told.map(p => p.id);
      answer.name += ", stopped";
      whole = await (await post("score", request([{ ids: answer.ids, stopped: false }]))).json();
    }
    if (!mine()) throw replaced();
    document.body.dataset.first = Math.round(first);
    answer.ids = whole.ids;
    answer.stopped = whole.stopped;
    return whole;
  }
  async function ask(turns) {
    await work(async (signal, mine) => {
      const last = state;
      const style = carried(last, turns), dropped = last.style.text !== undefined && style.text === undefined;
      state = Object.assign(fresh(), { turns, style, control: last.control });
      const answer = { ids: [], stopped: false, name: "the aligned model’s answer", blend: 1, begun: 0 };
      await show(signal, mine);
      part("work").hidden = false;
      try {
        const whole = await decodeAnswer(signal, mine, answer, { ids: [], positions: [] }, 0);
        state.answers = [answer];
        state.at = [0, -1];
        keep(key(answer), whole);
        remember();
        say(ended(whole) + (dropped ? " The edited prompt does not hold the question before it, or this is a further turn: the style’s own prompt is read." : ""));
      } catch (problem) {
        if (mine()) { state = last; await show(null, mine); }
        throw problem;
      }
      await show(signal, mine);
    });
  }
  // An edited prompt goes along with a new question where it holds the old one.
  function carried(last, turns) {
    const edited = last.style.text, old = last.turns.length ? last.turns[last.turns.length - 1].content : "";
    if (edited === undefined) return last.style;
    const at = old ? edited.lastIndexOf(old) : -1;
    const style = Object.assign({}, last.style);
    if (at < 0 || turns.length > 1) delete style.text;
    else style.text = edited.slice(0, at) + turns[0].content + edited.slice(at + old.length);
    return style;
  }
  const ended = whole => grouped(whole.positions.length) + " tokens; " + (whole.ended ? "the answer ended by itself." : "the answer did not end.")
    + (whole.unsharedEnd ? " Its end, " + whole.unsharedEnd + ", is a token that the base model does not know: it is no position." : "")
    + (about.embedded && !whole.labelled ? " The question is none of the micro-world’s own, so what its tokens are is not known: no letters." : "");

  async function goOn(number, at, id, shown, blend) {
    if (state.answers.length >= about.limits.branches) {
      fail(new Error("More than " + about.limits.branches + " answers do not stand side by side: undo one first."));
      return;
    }
    await work(async (signal, mine) => {
      const from = state.answers[number], view = scored.get(key(from));
      const ids = from.ids.slice(0, at).concat(id);
      const name = "branch of " + (number + 1) + " at token " + (at + 1) + ", “" + shown + "”; " + speaker(blend) + " goes on";
      const answer = { ids: [], stopped: false, name, blend, begun: ids.length };
      const place = state.answers.length;
      addCard(place, answer);
      try {
        const whole = await decodeAnswer(signal, mine, answer, { ids, positions: view.positions.slice(0, at) }, place);
        state = Object.assign({}, state, { answers: state.answers.concat(answer), at: [place, at], before: null });
        keep(key(answer), whole);
        remember();
        say(ended(whole));
      } finally {
        if (mine()) await show(null, mine);
      }
      if (mine()) focusToken();
    });
  }
  // The slider's own answer: begun by nobody, and not the aligned model's alone. One stands there at a time.
  const isBlended = one => !one.begun && one.blend !== 1;
  async function blendTo(value) {
    const others = state.answers.filter(one => !isBlended(one));
    if (!state.answers.length) { part("blend").value = 1; blendSaid(); return; } // the first answer is not there yet
    if (value !== 1 && others.length >= about.limits.branches) {
      fail(new Error("More than " + about.limits.branches + " answers do not stand side by side: undo one first."));
      part("blend").value = (state.answers.find(isBlended) || { blend: 1 }).blend;
      blendSaid();
      return;
    }
    await work(async (signal, mine) => {
      const last = state;
      state = Object.assign({}, state, { answers: others, before: null });
      if (value === 1) { state.at = [0, -1]; remember(); await show(signal, mine); if (mine()) say("λ = 1.0: the aligned model alone."); return; }
      const answer = { ids: [], stopped: false, name: "the answer of " + speaker(value), blend: value, begun: 0 };
      const place = others.length;
      part("blend").value = value;
      try {
        await show(signal, mine, value);
        addCard(place, answer);
        const whole = await decodeAnswer(signal, mine, answer, { ids: [], positions: [] }, place);
        state = Object.assign({}, state, { answers: others.concat(answer), at: [place, -1] });
        keep(key(answer), whole);
        remember();
        say("λ = " + value.toFixed(1) + ": " + ended(whole));
      } catch (problem) {
        if (mine()) state = last;
        throw problem;
      } finally {
        if (mine()) await show(null, mine);
      }
    });
  }
  async function change(values) {
    if (!state.answers.length && state.turns.length) { // it is being answered: begin it again with the others
      state = Object.assign({}, state, values);
      await ask(state.turns);
      return;
    }
    await work(async (signal, mine) => {
      // What is still under way was never seen: the view before is the one that is compared with.
      const last = drawn || state, begun = performance.now();
      state = Object.assign({}, state, values, { before: { style: last.style, control: last.control } });
      const wanted = state;
      try {
        await score(wanted, signal);
        if (!mine()) throw replaced();
      } catch (problem) {
        if (mine()) { state = last; await show(null, mine); }
        throw problem;
      }
      remember();
      await show(signal, mine);
      if (!mine()) return;
      document.body.dataset.changed = Math.round(performance.now() - begun);
      say("Read under " + labelOf(state) + ".");
    });
  }

  // ---- the numbers of every answer under the prompt, and under the one before it, from the server where they are not here
  async function score(of, signal) {
    for (const [style, control] of [[of.style, of.control]].concat(of.before ? [[of.before.style, of.before.control]] : []))
      for (const answer of of.answers) {
        const name = keyOf(of.turns, style, control, answer);
        if (scored.has(name)) { keep(name, scored.get(name)); continue; }
        const wanted = { turns: of.turns, style, control, limit: about.limits.usual, answers: [{ ids: answer.ids, stopped: answer.stopped }] };
        keep(name, await (await post("score", wanted, signal)).json());
      }
  }

  // ---- drawing
  const labelOf = of => (about.styles.find(style => style.name === of.style.name && style.k === of.style.k) || { label: of.style.name }).label
    + (of.style.text === undefined ? "" : ", edited") + (of.control ? ", control" : "");
  function words(p, count) {
    const top = list => list.map(([, shown, value]) => shown + " " + percent(value)).slice(0, 5).join("  ");
    return p.shown + "  " + classes[kindOf(p)] + ", base rank " + rankOf(p) + " (position " + (p.at + 1) + " of " + count + ")"
      + (p.label ? ", " + p.label : "") + "\nP: base " + percent(p.base) + ", aligned " + percent(p.aligned) + "\nKL(aligned‖base) " + nats(p.kl)
      + " nats\nbase: " + top(p.baseTop) + "\naligned: " + top(p.alignedTop);
  }
  const shownAt = new WeakMap(); // a token's element: [answer, position]
  function token(p, number, count, old, forced) {
    const span = make("span", classes[kindOf(p)][0]);
    span.setAttribute("role", "button");
    span.setAttribute("aria-pressed", "false");
    let label = words(p, count);
    if (old && kindOf(old) !== kindOf(p)) {
      span.classList.add("moved");
      label += "\nbefore: " + classes[kindOf(old)] + ", base rank " + rankOf(old);
    }
    if (forced) { span.classList.add("forced"); label += "\nforced here"; }
    span.setAttribute("aria-label", label);
    span.tabIndex = -1;
    if (p.mark) span.append(make("i", "", p.shown)); else span.append(p.shown);
    if (p.label) span.dataset.label = p.label[0];
    shownAt.set(span, [number, p.at]);
    return span;
  }
  function shares(view) {
    const line = positions => {
      const n = positions.length, count = kind => positions.filter(p => kindOf(p) === kind).length;
      return n ? "shifted " + share(count(2), n) + ", marginal " + share(count(1), n) + ", unshifted " + share(count(0), n) + " of " + grouped(n) : "no tokens";
    };
    const without = view.positions.filter(p => p && !p.eos), all = view.positions.filter(p => p);
    return line(all) + (without.length < all.length ? "; without end of sequence: " + line(without) : "") + (view.running || view.ended ? "" : "; did not end");
  }
  function strip(view, number) {
    const box = make("div");
    const all = view.positions, top = Math.max(1, ...all.map(p => least(p.kl)));
    const label = make("p", "n striplabel");
    label.append(make("span", "", "KL(aligned‖base) along the answer"), make("span", "", "highest " + top.toFixed(1) + " nats"));
    const svg = draw("svg", { class: "strip", viewBox: "0 0 " + all.length + " 40", preserveAspectRatio: "none", role: "img",
      "aria-label": "KL(aligned‖base) along the answer, highest " + top.toFixed(1) + " nats" });
    svg.append(draw("line", { x1: 0, x2: all.length, y1: 40, y2: 40 }));
    for (const p of all) {
      const height = Math.max(1, 40 * least(p.kl) / top);
      const bar = draw("rect", { x: p.at + 0.08, width: 0.84, y: 40 - height, height });
      bar.addEventListener("click", () => select(number, p.at, true));
      svg.append(bar);
    }
    box.append(label, svg);
    return box;
  }
  function card(number, answer) {
    const box = make("article", "answer");
    box.dataset.answer = number;
    box.append(make("h3", "", (number + 1) + " · " + visible(answer.name)), make("p", "n shares"), make("div", "stripbox"));
    const tokens = make("div", "tokens");
    tokens.setAttribute("role", "group");
    tokens.setAttribute("aria-label", "Answer " + (number + 1) + ", token by token");
    box.append(tokens);
    return box;
  }
  const cardOf = number => part("views").querySelector('[data-answer="' + number + '"]');
  function addCard(number, answer) {
    part("views").append(card(number, answer));
    cardOf(number).scrollIntoView({ block: "nearest" });
  }
  // While it is decoded.
  function drawAnswers(place, answer, view) {
    if (!cardOf(place)) { part("views").replaceChildren(); addCard(place, answer); }
    const tokens = cardOf(place).querySelector(".tokens");
    tokens.replaceChildren();
    for (const p of view.positions) append(tokens, token(p, place, "…", null, false), p);
    live = view;
  }
  let live = null;
  function append(tokens, span, p) {
    tokens.append(span);
    for (let line = p.lines; line > 0; line--) tokens.append(make("br"));
    tokens.append("\n");
  }
  function addToken(place, p) {
    const box = cardOf(place);
    append(box.querySelector(".tokens"), token(p, place, "…", null, false), p);
    box.querySelector(".shares").textContent = shares(live);
  }
  function drawAnswer(box, number, answer, view) {
    const old = state.before ? scored.get(beforeKey(answer)) : null;
    box.querySelector(".shares").textContent = shares(view);
    box.querySelector(".stripbox").replaceChildren(strip(view, number));
    const tokens = box.querySelector(".tokens"), all = document.createDocumentFragment();
    for (const p of view.positions) append(all, token(p, number, view.positions.length, old ? old.positions[p.at] : null, answer.begun === p.at + 1), p);
    tokens.replaceChildren(all);
    const first = tokens.querySelector("span");
    if (first) first.tabIndex = 0;
  }
  function changes() {
    const line = part("changed");
    line.hidden = true;
    if (!state.before || !state.answers.length) return;
    let total = 0, back = 0, away = 0, moved = 0;
    for (const answer of state.answers) {
      const now = scored.get(key(answer)), old = scored.get(beforeKey(answer));
      if (!now || !old) return;
      now.positions.forEach((p, at) => {
        const [is, was] = [kindOf(p), kindOf(old.positions[at])];
        total++;
        if (is !== was) moved++;
        if (is < was) back++;
        if (is > was) away++;
      });
    }
    line.textContent = "Under “" + labelOf(state) + "”, compared with “" + labelOf(state.before) + "”: " + grouped(moved) + " of " + grouped(total)
      + " tokens change their class (outlined). " + grouped(back) + " come nearer to the base side’s first choice, " + grouped(away) + " go further from it.";
    line.hidden = false;
  }
  // Draws the state; numbers that are not here are asked for first.
  let drawn = null;
  async function show(signal, mine, blending) {
    const wanted = state;
    const list = part("turns");
    list.replaceChildren();
    for (const turn of state.turns) {
      const item = make("li");
      item.append(make("b", "", turn.role === "user" ? "asked" : turn.role === "assistant" ? "answered" : turn.role), visible(turn.content));
      list.append(item);
    }
    part("work").hidden = !state.answers.length;
    part("askon").hidden = !state.answers.length;
    part("undo").hidden = !steps;
    const choice = [...part("style").options].find(option => option.value === JSON.stringify(plain(state.style)));
    if (choice) part("style").value = choice.value;
    part("control").checked = state.control;
    if (blending === undefined) part("blend").value = (state.answers.find(isBlended) || { blend: 1 }).blend;
    blendSaid();
    if (part("promptfold").open) showPrompt();
    if (!state.answers.length) { drawn = null; part("views").replaceChildren(); changes(); look(); return; }
    await score(wanted, signal || undefined);
    if (mine && !mine() || state !== wanted) return;
    drawn = wanted;
    const boxes = state.answers.map((answer, number) => {
      const box = card(number, answer);
      drawAnswer(box, number, answer, scored.get(key(answer)));
      return box;
    });
    part("views").className = boxes.length > 1 ? "views2" : "";
    part("views").replaceChildren(...boxes);
    part("letters").hidden = !state.answers.some(answer => scored.get(key(answer)).labelled);
    changes();
    mark();
    look();
  }
  const plain = style => style.k === undefined ? { name: style.name } : { name: style.name, k: style.k };

  // ---- looking
  const current = () => {
    const answer = state.answers[state.at[0]], view = answer && scored.get(key(answer));
    return view && view.positions[state.at[1]];
  };
  const spanOf = () => {
    const box = cardOf(state.at[0]);
    return box && box.querySelectorAll(".tokens > span")[state.at[1]];
  };
  function mark() {
    for (const span of part("views").querySelectorAll(".tokens > span.on")) { span.classList.remove("on"); span.setAttribute("aria-pressed", "false"); }
    for (const box of part("views").querySelectorAll(".answer")) box.classList.toggle("active", state.answers.length > 1 && Number(box.dataset.answer) === state.at[0]);
    for (const bar of part("views").querySelectorAll("rect.sel")) bar.classList.remove("sel");
    const span = spanOf();
    if (!span) return;
    for (const other of span.parentElement.querySelectorAll('span[tabindex="0"]')) other.tabIndex = -1;
    span.tabIndex = 0;
    span.classList.add("on");
    span.setAttribute("aria-pressed", "true");
    const bar = cardOf(state.at[0]).querySelectorAll("rect")[state.at[1]];
    if (bar) bar.classList.add("sel");
  }
  function select(number, at, focus) {
    if (!state.answers[number]) return; // it is still being decoded
    state.at = [number, at];
    note();
    mark();
    look();
    if (focus) focusToken();
  }
  function focusToken() {
    const span = spanOf();
    if (span) span.focus({ preventScroll: false });
  }
  let goes = "1";
  function look() {
    const place = part("look"), p = current();
    if (!p) { place.replaceChildren(make("p", "n", "Choose a token: click it, or move with the arrow keys.")); return; }
    const all = [make("p", "", (glyphs[kindOf(p)] ? glyphs[kindOf(p)] + " " : "") + p.shown + " is " + classes[kindOf(p)] + ": the base side ranks it "
      + rankOf(p) + "." + (p.label ? " It is " + (p.label === "style" ? "style" : "a " + p.label + " token") + ", by construction." : ""))];
    const facts = make("dl", "facts");
    const fact = (name, value) => facts.append(make("dt", "", name), make("dd", "", value));
    fact("P(token)", "base " + percent(p.base) + ", aligned " + percent(p.aligned));
    fact("KL(aligned‖base)", nats(p.kl) + " nats");
    fact("KL(base‖aligned)", nats(p.lk) + " nats");
    fact("JS", nats(p.js) + " nats");
    fact("entropy", "base " + nats(p.baseEntropy) + ", aligned " + nats(p.alignedEntropy) + " nats");
    all.push(facts, bars(p), branching());
    place.replaceChildren(...all);
  }
  function bars(p) {
    const rows = new Map();
    for (const [side, list] of [["b", p.baseTop], ["a", p.alignedTop]])
      for (const [id, shown, value] of list) {
        if (!rows.has(id)) rows.set(id, { id, shown });
        rows.get(id)[side] = value;
      }
    if (!rows.has(p.id)) rows.set(p.id, { id: p.id, shown: p.shown });
    Object.assign(rows.get(p.id), { b: p.base, a: p.aligned });
    const sorted = [...rows.values()].sort((x, y) => Math.max(y.a || 0, y.b || 0) - Math.max(x.a || 0, x.b || 0));
    const table = make("table", "bars"), head = make("tr"), body = make("tbody"), top = make("thead");
    for (const text of ["token", "base", "aligned"]) {
      const cell = make("th", "", text);
      cell.scope = "col";
      head.append(cell);
    }
    top.append(head);
    for (const one of sorted) {
      const row = make("tr"), name = make("th"), button = make("button", one.id === p.id ? "chosen" : "", one.shown);
      name.scope = "row";
      button.type = "button";
      button.dataset.id = one.id;
      button.disabled = one.id === p.id || one.id < 0;
      button.title = one.id === p.id ? "This token stands in the answer" : "Cut the answer here and go on with this token";
      button.addEventListener("click", () => goOn(state.at[0], state.at[1], one.id, one.shown, Number(goes)));
      name.append(button);
      row.append(name);
      for (const side of ["b", "a"]) {
        const cell = make("td"), bar = make("div", "bar " + side), fill = make("i");
        if (one[side] === undefined) bar.append(make("span", "no", "below its top " + (side === "b" ? p.baseTop : p.alignedTop).length));
        else {
          const width = one[side] * 100 + "%", number = make("span", "", percent(one[side]));
          fill.style.width = width;
          if (one[side] < 0.55) number.style.paddingLeft = "calc(" + width + " + 7px)"; // behind a short bar, in a long one
          bar.append(fill, number);
        }
        cell.append(bar);
        row.append(cell);
      }
      body.append(row);
    }
    table.append(top, body);
    return table;
  }
  function branching() {
    const box = make("fieldset");
    box.append(make("legend", "", "Branch: choose another token above; then goes on"));
    for (const [value, text] of [["1", "the aligned model"], ["0", "the base model"]]) {
      const label = make("label", "", ""), input = make("input");
      input.type = "radio";
      input.name = "goes";
      input.value = value;
      input.checked = goes === value;
      input.addEventListener("change", () => { goes = value; });
      label.append(input, text);
      box.append(label);
    }
    return box;
  }
  const tokenOf = event => event.target instanceof Element ? event.target.closest(".tokens > span") : null;
  part("views").addEventListener("click", event => { if (tokenOf(event)) select(...shownAt.get(tokenOf(event)), true); });
  part("views").addEventListener("focusin", event => {
    const span = tokenOf(event);
    if (span && !span.classList.contains("on")) select(...shownAt.get(span), false);
  });
  part("views").addEventListener("keydown", event => {
    const span = tokenOf(event);
    if (!span) return;
    const [number, at] = shownAt.get(span), all = span.parentElement.querySelectorAll(":scope > span");
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      if (all[to]) select(number, to, true);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const other = cardOf(number + (event.key === "ArrowDown" ? 1 : -1));
      if (other) select(Number(other.dataset.answer), Math.min(at, other.querySelectorAll(".tokens > span").length - 1), true);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      const button = part("look").querySelector("button:not(:disabled)"); // on to what could stand here instead
      if (button) button.focus();
    }
  });
  part("look").addEventListener("keydown", event => { if (event.key === "Escape") focusToken(); });

  // ---- the base model's prompt
  async function showPrompt() {
    if (state.style.text !== undefined) { part("prompt").value = state.style.text; part("prompttokens").textContent = "edited"; return; }
    if (!state.turns.length) return;
    const wanted = state;
    try {
      const found = await (await post("prompt", request([]))).json();
      if (state !== wanted && key({ ids: [] }) !== keyOf(wanted.turns, wanted.style, wanted.control, { ids: [] })) return;
      part("prompt").value = found.text;
      part("prompttokens").textContent = grouped(found.tokens) + " tokens";
    } catch (problem) { fail(problem); }
  }
  part("promptfold").addEventListener("toggle", () => { if (part("promptfold").open) showPrompt(); });
  part("useprompt").addEventListener("click", () => change({ style: Object.assign(plain(state.style), { text: part("prompt").value }) }));
  part("ownprompt").addEventListener("click", () => change({ style: plain(state.style) }));
  part("style").addEventListener("change", () => change({ style: JSON.parse(part("style").value) }));
  part("control").addEventListener("change", () => change({ control: part("control").checked }));
  function blendSaid() {
    const value = Number(part("blend").value);
    part("blendsaid").textContent = about && !about.local ? "Not possible with models behind a server: it takes every token’s probability from both, at every step."
      : "λ = " + value.toFixed(1) + (value === 1 ? ": the aligned model" : value === 0 ? ": the base model" : "")
        + ". At each step the largest of (1 − λ)·ln P_base + λ·ln P_aligned is taken.";
  }
  part("blend").addEventListener("input", blendSaid);
  part("blend").addEventListener("change", () => blendTo(Math.round(10 * Number(part("blend").value)) / 10));

  // ---- the form
  const question = () => part("question").value;
  part("form").addEventListener("submit", event => { event.preventDefault(); ask([{ role: "user", content: question() }]); });
  part("askon").addEventListener("click", () => {
    const answer = state.answers[state.at[0]] || state.answers[0], view = scored.get(key(answer));
    ask(state.turns.concat({ role: "assistant", content: view.text }, { role: "user", content: question() }));
  });
  part("question").addEventListener("keydown", event => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); if (!part("ask").disabled) part("form").requestSubmit(); }
  });
  part("sets").addEventListener("change", () => {
    const [set, number] = part("sets").value.split("/").map(Number);
    if (about.sets[set]) part("question").value = about.sets[set].questions[number][1];
  });
  part("stop").addEventListener("click", () => { if (working) working.abort(); });
  part("undo").addEventListener("click", () => history.back());
  part("skip").addEventListener("click", event => { event.preventDefault(); part("question").focus(); });

  // ---- keeping
  const kept = text => { part("kept").textContent = text; };
  part("copy").addEventListener("click", async () => {
    noteNow();
    try {
      await navigator.clipboard.writeText(location.href);
      kept("The link is on the clipboard.");
    } catch (refused) { kept("This browser does not let a page copy: take the link from the address bar."); }
  });
  const saving = (name, file) => () => work(async signal => {
    const blob = await (await post(name, request(state.answers), signal)).blob(), link = make("a");
    link.href = URL.createObjectURL(blob);
    link.download = file;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    kept(file + " is among the browser’s downloads." + (name === "notebook" ? " Put it into the folder notebooks of the clone to run it." : ""));
  });
  part("savepage").addEventListener("click", saving("page", "explored.html"));
  part("savenotebook").addEventListener("click", saving("notebook", "explored.ipynb"));

  // ---- the address, and what is loading
  async function restore() {
    await work(async (signal, mine) => {
      steps = history.state && Number.isInteger(history.state.steps) ? history.state.steps : 0;
      try {
        state = read(location.hash);
        if (state.turns.length) part("question").value = state.turns[state.turns.length - 1].content;
        await show(signal, mine);
      } catch (problem) {
        // Whatever the address says cannot be shown: the page begins anew, and is not caught in it.
        if (mine()) { state = fresh(); await show(null, mine); }
        throw problem;
      }
      if (mine()) say(state.answers.length ? "" : "Ask the first question.");
    });
  }
  window.addEventListener("popstate", () => { if (about) restore(); });

  function begin(ready) {
    about = ready;
    part("pair").textContent = about.kind + " Aligned: " + about.aligned + ". Base: " + about.base + ".";
    for (const text of about.notes) part("notes").append(make("p", "n", text));
    for (const style of about.styles) {
      const option = make("option", "", style.label);
      option.value = JSON.stringify(plain(style));
      part("style").append(option);
    }
    about.sets.forEach((set, place) => {
      const kinds = new Map();
      set.questions.forEach(([kind, text], number) => {
        if (!kinds.has(kind)) {
          const group = make("optgroup");
          group.label = set.name + (kind ? ", " + kind : "");
          kinds.set(kind, group);
          part("sets").append(group);
        }
        const option = make("option", "", visible(text));
        option.value = place + "/" + number;
        kinds.get(kind).append(option);
      });
    });
    part("blend").disabled = !about.local;
    for (const name of ["question", "sets", "ask"]) part(name).disabled = false;
    document.body.dataset.ready = "yes";
    restore();
  }
  (async () => {
    say("Loading …");
    try {
      const response = await fetch("api/about");
      if (!response.ok) throw await failure(response);
      await events(response, (name, data) => {
        if (name === "loading") say(data.said);
        else if (name === "ready") begin(data);
        else throw new Error(data.error);
      });
      if (!about) throw new Error("The server was ended while it loaded the models. Start urial explore again.");
    } catch (problem) { fail(problem); }
  })();
})();
