// Turns the picture of each chart into the interactive chart it was made from. Without this file, without plotly.js, on a
// narrow screen or after any error the picture stays.
(function () {
  "use strict";
  if (!window.Plotly) return;
  document.querySelectorAll("figure.plot").forEach(function (plot) {
    var source = plot.querySelector("script[type='application/json']");
    if (!source || plot.clientWidth < 640) return;
    var place = document.createElement("div");
    place.className = "live-chart";
    plot.insertBefore(place, source);
    try {
      var figure = JSON.parse(source.textContent);
      var width = figure.layout && figure.layout.width || 940;
      place.style.maxWidth = width + "px";
      if (figure.layout) delete figure.layout.width;
      var config = Object.assign({}, figure.config, { responsive: true, displayModeBar: false });
      window.Plotly.newPlot(place, figure.data, figure.layout, config)
        .then(function () { plot.classList.add("live"); }, function () { place.remove(); });
    } catch (error) {
      place.remove();
    }
  });
})();
