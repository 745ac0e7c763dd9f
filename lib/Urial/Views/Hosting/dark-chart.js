// Turns the colours of a plotly figure around, in place, for a dark page.
window.urialDark = window.urialDark || (function () {
  "use strict";

  // The same hue at the other end of the scale of lightness, so that what stood out on white stands out on black.
  function turned(r, g, b) {
    r /= 255; g /= 255; b /= 255;
    var most = Math.max(r, g, b), least = Math.min(r, g, b), light = (most + least) / 2, range = most - least, hue = 0, strong = 0;
    if (range > 0) {
      strong = range / (1 - Math.abs(2 * light - 1));
      hue = most === r ? ((g - b) / range) % 6 : most === g ? (b - r) / range + 2 : (r - g) / range + 4;
    }
    light = 0.09 + 0.86 * (1 - light);
    var c = (1 - Math.abs(2 * light - 1)) * Math.min(strong, 0.9), x = c * (1 - Math.abs((((hue + 6) % 6) % 2) - 1)), m = light - c / 2;
    var sector = [[c, x, 0], [x, c, 0], [0, c, x], [0, x, c], [x, 0, c], [c, 0, x]][Math.floor((hue + 6) % 6)];
    return sector.map(function (v) { return Math.round((v + m) * 255); });
  }

  function hex(text) {
    var all = [1, 3, 5].map(function (at) { return parseInt(text.slice(at, at + 2), 16); });
    return "rgb(" + turned(all[0], all[1], all[2]).join(",") + ")";
  }

  function colour(text) {
    if (/^#[0-9a-f]{6}$/i.test(text)) return hex(text);
    if (text === "white" || text === "#fff") return hex("#ffffff");
    if (text === "black" || text === "#000") return hex("#000000");
    var parts = /^rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*([\d.]+)\s*)?\)$/.exec(text);
    if (parts) return "rgba(" + turned(+parts[1], +parts[2], +parts[3]).join(",") + "," + (parts[4] === undefined ? 1 : parts[4]) + ")";
    return text.replace(/(color:\s*)(#[0-9a-f]{6})/gi, function (whole, before, value) { return before + hex(value); });
  }

  function darken(node) {
    Object.keys(node).forEach(function (key) {
      if (typeof node[key] === "string") node[key] = colour(node[key]);
      else if (node[key] && typeof node[key] === "object") darken(node[key]);
    });
  }

  return darken;
})();
