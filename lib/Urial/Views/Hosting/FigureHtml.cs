using System.Globalization;

namespace Urial;

/// <summary>
/// The interactive form of a figure for a live kernel. The outputs of a notebook share one page, so that one of them brings plotly.js
/// (3.6 MB) along for all: the figure that this process showed first, each time it is shown, since running its cell again replaces the
/// output that had it. The page keeps the library for later visits. Until it is there, a figure shows its data in words.
/// Never saved by our runner: a saved notebook holds no script.
/// </summary>
internal static class FigureHtml
{
    private static readonly Lock Gate = new();
    private static int _figures;
    private static string? _carrier;

    /// <summary>The HTML of one more figure of this process.</summary>
    public static string Next(Figure figure)
    {
        int number;
        lock (Gate)
        {
            number = ++_figures;
            _carrier ??= figure.Title;
        }
        return Of(figure, number, _carrier, figure.Title == _carrier ? PlotlyScript.Source : null);
    }

    /// <summary>The HTML of a figure.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="number">Makes its id one of its own.</param>
    /// <param name="carrier">The title of the figure that brings plotly.js along.</param>
    /// <param name="plotly">plotly.js, where it is this one.</param>
    public static string Of(Figure figure, int number, string carrier, string? plotly)
    {
        var hash = ContentHash.Of(figure.PlotlyJson)[..8];
        var id = string.Create(CultureInfo.InvariantCulture, $"urial-figure-{hash}-{number}");
        var words = Markup.Html(figure.ToString());
        // JSON inside a script: only "</" and "<!--" could end or confuse it.
        var json = figure.PlotlyJson.Replace("<", "\\u003c");
        var style = $"background:{Theme.Paper};color:{Theme.Ink};width:{figure.Width}px;max-width:100%;min-height:40px";
        var hint = $"The chart appears with plotly.js, which the chart “{Markup.Html(carrier)}” brings along: run its cell.";
        return $$"""
            <div id="{{id}}" role="img" aria-label="{{words}}" style="{{style}}"><p style="white-space:pre-line">{{words}}</p>
            <p><i>{{hint}}</i></p></div>
            <script>{{PlotlyScript.Dark}}(function () {
            var figure = {{json}};
            function draw() {
              var place = document.getElementById("{{id}}");
              if (!place) return false;
              place.textContent = "";
              if (dark()) {
                window.urialDark(figure);
                place.style.background = figure.layout.paper_bgcolor || "#17191c";
                place.style.color = "#e4e4e4";
              }
              window.Plotly.newPlot(place, figure.data, figure.layout, figure.config);
              return true;
            }
            {{Waiting}}
            (window.urialFigures = window.urialFigures || []).push(draw);
            {{(plotly is null ? "remembered();" : $"remember(function () {{ var module, exports, define;\n{plotly}\n}});")}}
            })();</script>
            """;
    }

    /// <summary>
    /// Draws all figures that wait once the library is there: the place of one may come into the page after its script. The library's
    /// text is kept in the page's own database, so that a notebook whose carrier was cleared draws too; a page without one does without.
    /// Where the host says that it is dark (VS Code by a class, JupyterLab by an attribute), the chart is.
    /// </summary>
    private const string Waiting = """
        function dark() {
          var body = document.body;
          return body.classList.contains("vscode-dark") || body.classList.contains("vscode-high-contrast")
            && !body.classList.contains("vscode-high-contrast-light") || body.dataset.jpThemeLight === "false";
        }
        function drawAll(tries) {
          var waiting = window.urialFigures;
          window.urialFigures = waiting.filter(function (figure) { return !figure(); });
          if (window.urialFigures.length && tries < 50) setTimeout(function () { drawAll(tries + 1); }, 100);
        }
        function database(use) {
          try {
            var open = window.indexedDB.open("urial", 1);
            open.onupgradeneeded = function () { open.result.createObjectStore("library"); };
            open.onsuccess = function () { use(open.result.transaction("library", "readwrite").objectStore("library")); };
          } catch (none) { console.info("urial: this page keeps no library", none); }
        }
        function remember(library) {
          if (!window.Plotly) library.call(window);
          drawAll(0);
          database(function (store) { store.put("(" + library + ").call(window)", "plotly"); });
        }
        function remembered() {
          if (window.Plotly) { drawAll(0); return; }
          database(function (store) {
            var kept = store.get("plotly");
            kept.onsuccess = function () {
              if (!kept.result) return;
              if (!window.Plotly) (0, eval)(kept.result);
              drawAll(0);
            };
          });
        }
        """;
}
