using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Urial;

/// <summary>
/// The interactive form of a figure for a live kernel. The first figure of a process brings plotly.js along; later ones
/// wait for it, since a notebook's outputs share one page. Never saved by our runner: a saved notebook holds no script.
/// </summary>
internal static class FigureHtml
{
    private static int figures;

    /// <summary>The HTML of one more figure of this process.</summary>
    public static string Next(Figure figure)
    {
        var number = Interlocked.Increment(ref figures);
        return Of(figure, number, number == 1 ? PlotlyScript.Source : null);
    }

    /// <summary>The HTML of a figure, with plotly.js inlined where <paramref name="plotly"/> is given.</summary>
    public static string Of(Figure figure, int number, string? plotly)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(figure.PlotlyJson)))[..8];
        var id = string.Create(CultureInfo.InvariantCulture, $"urial-figure-{hash}-{number}");
        // JSON inside a script: only "</" and "<!--" could end or confuse it.
        var json = figure.PlotlyJson.Replace("<", "\\u003c");
        var library = plotly is null ? "" : $$"""
            <script>if (!window.Plotly) { (function () { var module, exports, define;
            {{plotly}}
            }).call(window); }</script>

            """;
        return $$"""
            {{library}}<div id="{{id}}" role="img" aria-label="{{Markup.Html(figure.ToString())}}" style="background:{{Theme.Paper}};color:{{Theme.Ink}};width:{{figure.Width}}px;max-width:100%;min-height:40px"></div>
            <script>(function () {
            var figure = {{json}};
            var tries = 0;
            function draw() {
              var place = document.getElementById("{{id}}");
              if (place && window.Plotly) { window.Plotly.newPlot(place, figure.data, figure.layout, figure.config); return; }
              if (++tries < 50) { setTimeout(draw, 100); return; }
              if (place) place.textContent = "This chart needs plotly.js, which the first chart of the notebook brings along: run the cells from the top.";
            }
            draw();
            })();</script>
            """;
    }
}
