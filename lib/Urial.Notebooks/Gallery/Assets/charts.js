// Turns the picture of each chart into the interactive chart it was made from: laid out anew on a narrow screen, in dark colours on a
// dark page. Without this file, without plotly.js or after any error the picture stays.
(function () {
  "use strict";
  if (!window.Plotly) return;

  var NARROW = 640; // pixels; the charts are drawn for 820 to 1020
  var LETTER = 0.62; // of the font size: the mean width of a letter of DejaVu Sans

  // ---- text -------------------------------------------------------------------------------------------------------------------

  function plain(html) {
    return html.replace(/<[^>]*>/g, "").replace(/&[a-z]+;|&#\d+;/g, "x");
  }

  // Breaks plotly's text anew at spaces into lines of so many letters.
  function wrap(html, letters) {
    var pieces = html.replace(/<br\s*\/?>/g, " ").match(/<[^>]*>|\s+|[^\s<]+/g) || [];
    var out = "", length = 0, space = "";
    pieces.forEach(function (piece) {
      if (piece[0] === "<") { out += space + piece; length += space.length; space = ""; return; }
      if (/^\s/.test(piece)) { space = " "; return; }
      var size = plain(piece).length;
      if (length > 0 && length + space.length + size > letters) { out += "<br>"; length = 0; space = ""; }
      out += (length > 0 ? space : "") + piece;
      length += (length > 0 ? space.length : 0) + size;
      space = "";
    });
    return out;
  }

  function lines(html) { return html.split("<br>").length; }

  // ---- narrow screens ---------------------------------------------------------------------------------------------------------

  function axes(layout, letter) {
    return Object.keys(layout).filter(function (key) { return new RegExp("^" + letter + "axis\\d*$").test(key); })
      .map(function (key) { return layout[key]; });
  }

  function legendHeight(figure, width, font) {
    var names = figure.data.filter(function (t) { return t.showlegend !== false && t.name; }).map(function (t) { return plain(t.name); });
    if (figure.layout.showlegend === false || names.length === 0) return 0;
    var widest = Math.max.apply(null, names.map(function (n) { return 46 + n.length * font * LETTER; }));
    return Math.ceil(names.length / Math.max(1, Math.floor(width / widest))) * 20 + 8;
  }

  // Named rows: a chart whose vertical axis is a list of things.
  function hasRows(figure) {
    var y = figure.layout.yaxis;
    return y && y.ticktext && y.tickvals && !figure.layout.yaxis2 && figure.data.every(function (trace) {
      return trace.type === "scatter" || (trace.type === "bar" && trace.orientation === "h");
    });
  }

  // How many bars a row has side by side, and how much of the row they take.
  function barSizes(figure) {
    var bars = figure.data.filter(function (t) { return t.type === "bar"; }), low = 0, high = 0, width = 0.8;
    if (figure.layout.barmode === "group") return { bars: Math.max(1, bars.length), extent: 0.8 }; // plotly's own four fifths
    bars.forEach(function (bar) {
      if (typeof bar.width !== "number") return;
      var at = Array.isArray(bar.y) && typeof bar.y[0] === "number" ? bar.y[0] - Math.round(bar.y[0]) : 0;
      var from = at + (typeof bar.offset === "number" ? bar.offset : -bar.width / 2);
      width = bar.width;
      low = Math.min(low, from);
      high = Math.max(high, from + bar.width);
    });
    return high > low ? { bars: Math.max(1, Math.round((high - low) / width)), extent: 2 * Math.max(high, -low) } : { bars: 1, extent: 0.8 };
  }

  // Names go above their rows, with what stood in the right margin, and the bars get the whole width.
  function stackRows(figure, width, font) {
    var layout = figure.layout, y = layout.yaxis, notes = layout.annotations || [], letters = Math.floor((width - 20) / (font * LETTER));
    var beside = function (note) { return note.xref === "paper" && note.x >= 1 && (note.yref || "y") === "y"; };
    // What that margin is headed with goes before each of its entries.
    var heads = function (note) { return note.xref === "paper" && note.x >= 1 && note.yref === "paper"; };
    var head = notes.filter(heads).map(function (n) { return plain(n.text) + " "; }).join("");
    var labels = y.ticktext.map(function (text, i) {
      var note = notes.filter(function (n) { return beside(n) && Math.abs(n.y - y.tickvals[i]) < 0.3; }).map(function (n) { return n.text; })
        .join(" ");
      var label = wrap(text, letters);
      return note ? label + "<br><span style=\"font-size:" + (font - 1) + "px\">" + wrap(head + note, letters) + "</span>" : label;
    });
    var most = Math.max.apply(null, labels.map(lines));
    var sizes = barSizes(figure), bar = sizes.bars > 1 ? 14 * sizes.bars : 18, above = most * (font + 3.5) + 4, pitch = bar + above + 10;
    var scale = bar / pitch / sizes.extent;
    layout.bargap = 1 - sizes.extent * scale;
    figure.data.forEach(function (trace) {
      if (typeof trace.width === "number") trace.width *= scale;
      if (typeof trace.offset === "number") trace.offset *= scale;
      if (Array.isArray(trace.y)) trace.y = trace.y.map(function (at) {
        return typeof at === "number" ? Math.round(at) + (at - Math.round(at)) * scale : at;
      });
    });
    layout.annotations = notes.filter(function (n) { return !beside(n) && !heads(n); }).concat(labels.map(function (label, i) {
      return { x: 0, xref: "paper", xanchor: "left", y: y.tickvals[i], yref: "y", yanchor: "bottom", yshift: bar / 2 + 2, text: label,
        align: "left", showarrow: false, font: { size: font }, bgcolor: layout.paper_bgcolor, borderpad: 0 };
    }));
    // Room for the numbers that stand at the ends of bars.
    if (figure.data.some(function (t) { return t.type === "bar" && /outside|auto/.test(t.textposition); })) axes(layout, "x").forEach(function (x) {
      if (x.range) x.range = [x.range[0], x.range[1] + 0.14 * (x.range[1] - x.range[0])];
    });
    y.showticklabels = false;
    y.ticks = "";
    y.automargin = false;
    y.range = [labels.length - 0.5 + 0.1, -0.5 - Math.max(0, (above + bar / 2) / pitch - 0.5)];
    return { height: pitch * (y.range[0] - y.range[1]), left: 8, right: 14 };
  }

  // Names that stand left and right of the plot get margins of their own width.
  function atSides(figure, font) {
    var notes = (figure.layout.annotations || []).filter(function (n) {
      return n.xref === "paper" && ((n.x <= 0 && n.xanchor === "right") || (n.x >= 1 && n.xanchor === "left"));
    });
    var room = { left: 0, right: 0 };
    notes.forEach(function (note) {
      note.text = note.text.replace(/font-size:12px/g, "font-size:10px").split("<br>").map(function (line) { return wrap(line, 18); })
        .join("<br>");
      var side = note.x <= 0 ? "left" : "right";
      note.text.split("<br>").forEach(function (line) {
        var size = /font-size:10px/.test(line) ? 10 : /<b>/.test(line) ? font + 1 : font;
        room[side] = Math.max(room[side], Math.ceil(plain(line).length * size * LETTER) + 10);
      });
    });
    return notes.length > 0 ? { left: room.left + 6, right: room.right + 6 } : null;
  }

  // A drawing of boxes and words, or a table of numbers with more columns than a phone has room for: it stays as it is, and scrolls.
  function needsWidth(figure, width) {
    var layout = figure.layout, x = layout.xaxis || {}, y = layout.yaxis || {}, notes = layout.annotations || [];
    if (x.visible === false && y.visible === false && (layout.shapes || []).length > 0) return true;
    if (!figure.data.some(function (trace) { return trace.type === "heatmap"; }) || !x.ticktext) return false;
    var bar = figure.data.some(function (trace) { return trace.type === "heatmap" && trace.showscale !== false; }) ? 90 : 0;
    var names = (y.ticktext || []).map(function (text) { return longest(wrap(text, 14)) * 12 * LETTER; });
    var cell = (width - bar - 30 - Math.max.apply(null, [0].concat(names))) / x.ticktext.length;
    return notes.some(function (note) { return (note.xref || "x") === "x" && longest(note.text) * 11 * LETTER > cell; });
  }

  function longest(html) { return Math.max.apply(null, html.split("<br>").map(function (line) { return plain(line).length; })); }

  // Words between named columns take as many lines as they need to stay between them.
  function wrapBetween(figure, width) {
    var ticks = figure.layout.xaxis && figure.layout.xaxis.ticktext;
    if (!ticks || figure.data.some(function (trace) { return trace.type === "heatmap"; })) return;
    var letters = Math.max(4, Math.floor(0.6 * (width - 56) / ticks.length / (11 * LETTER)));
    (figure.layout.annotations || []).forEach(function (note) {
      if (note.xref === "x" && note.text) note.text = wrap(note.text, letters);
    });
    figure.data.forEach(function (trace) {
      if (trace.type === "bar" && trace.orientation !== "h" && trace.text) trace.textfont = Object.assign({}, trace.textfont, { size: 9 });
    });
  }

  function rewrapTicks(axis, letters) {
    if (axis.ticktext) axis.ticktext = axis.ticktext.map(function (text) { return wrap(text, letters); });
  }

  function narrow(figure, width) {
    var layout = figure.layout, font = 12, title = layout.title && layout.title.text;
    var high = layout.height || 460;
    layout.width = width;
    layout.autosize = false;
    layout.dragmode = false; // a finger scrolls the page
    layout.font = Object.assign({}, layout.font, { size: font });
    (layout.annotations || []).forEach(function (note) { note.font = Object.assign({}, note.font, { size: 11 }); });
    var top = 12;
    if (title) {
      layout.title.font = Object.assign({}, layout.title.font, { size: 14 });
      layout.title.text = wrap(title, Math.floor((width - 16) / (14 * LETTER)));
      top = lines(layout.title.text) * 19 + 20;
    }
    var sides = atSides(figure, 11);
    wrapBetween(figure, width);
    var plot = hasRows(figure) ? stackRows(figure, width, font)
      : sides ? { height: high - 110, left: sides.left, right: sides.right }
      : { height: Math.min(high - 120, Math.max(280, width)), left: 44, right: 12 };
    if (!hasRows(figure)) axes(layout, "y").forEach(function (axis) { rewrapTicks(axis, 14); });
    axes(layout, "x").forEach(function (axis) {
      rewrapTicks(axis, 12);
      axis.fixedrange = true;
      var domain = axis.domain || [0, 1], room = (width - plot.left - plot.right) * (domain[1] - domain[0]);
      if (axis.title && axis.title.text) axis.title.text = wrap(axis.title.text, Math.max(8, Math.floor(room / (font * LETTER))));
      if (!axis.ticktext) axis.nticks = Math.max(2, Math.floor(room / 55));
      if (!axis.ticktext) delete axis.tickvals;
    });
    axes(layout, "y").forEach(function (axis) {
      axis.fixedrange = true;
      if (axis.title && axis.title.text) axis.title.text = wrap(axis.title.text, 26);
    });
    var titles = Math.max.apply(null, [0].concat(axes(layout, "x").map(function (axis) {
      return axis.title && axis.title.text ? lines(axis.title.text) : 0;
    })));
    var legend = legendHeight(figure, width - 16, font), bottom = 34 + titles * 17 + legend;
    layout.margin = { t: top, l: plot.left, r: plot.right, b: bottom, pad: 0 };
    layout.height = Math.round(top + plot.height + bottom);
    if (layout.title) layout.title.y = 1 - (12 + 8 * (lines(layout.title.text) - 1)) / layout.height;
    layout.legend = Object.assign({}, layout.legend, { orientation: "h", x: 0, xref: "container", xanchor: "left", y: 0, yref: "container",
      yanchor: "bottom" });
  }

  // ---- drawing ----------------------------------------------------------------------------------------------------------------

  function laidOut(source, width) {
    var figure = JSON.parse(source);
    figure.layout = figure.layout || {};
    var natural = figure.layout.width || 940;
    delete figure.layout.width;
    figure.wide = width < NARROW && needsWidth(figure, width);
    if (figure.wide) figure.layout.width = natural;
    else if (width < NARROW) narrow(figure, width);
    if (window.UrialGallery && window.UrialGallery.isDark()) window.urialDark(figure);
    figure.natural = natural;
    figure.config = Object.assign({}, figure.config, { responsive: width >= NARROW, displayModeBar: false });
    return figure;
  }

  function Chart(plot) {
    this.plot = plot;
    this.source = plot.querySelector("script[type='application/json']").textContent;
    this.place = document.createElement("div");
    this.place.className = "live-chart";
    this.place.setAttribute("role", "img");
    var picture = plot.querySelector(".picture img");
    this.place.setAttribute("aria-label", picture ? picture.alt : "A chart; its words are below.");
    plot.insertBefore(this.place, plot.querySelector("script"));
  }

  Chart.prototype.draw = function () {
    var chart = this, width = this.plot.clientWidth;
    if (width === 0) return;
    this.width = width;
    try {
      var figure = laidOut(this.source, width);
      this.place.style.maxWidth = figure.natural + "px";
      this.place.classList.toggle("wide", figure.wide);
      if (figure.wide) this.place.tabIndex = 0; // reached by the keyboard, which then scrolls it
      else this.place.removeAttribute("tabindex");
      window.Plotly.react(this.place, figure.data, figure.layout, figure.config)
        .then(function () { chart.plot.classList.add("live"); }, function () { chart.fail(); });
    } catch (error) {
      this.fail();
    }
  };

  Chart.prototype.fail = function () {
    this.plot.classList.remove("live");
    this.place.remove();
    this.draw = function () { };
  };

  var charts = Array.prototype.filter.call(document.querySelectorAll("figure.plot"), function (plot) {
    return plot.querySelector("script[type='application/json']");
  }).map(function (plot) { return new Chart(plot); });
  function drawAll() { charts.forEach(function (chart) { chart.draw(); }); }

  drawAll();
  document.addEventListener("urial-theme", drawAll);
  var later;
  window.addEventListener("resize", function () {
    clearTimeout(later);
    later = setTimeout(function () {
      charts.forEach(function (chart) {
        var width = chart.plot.clientWidth;
        if (width !== chart.width && Math.min(width, chart.width) < NARROW) chart.draw();
      });
    }, 150);
  });
})();
