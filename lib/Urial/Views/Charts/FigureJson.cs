using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plotly.NET;

namespace Urial;

/// <summary>Writes a figure as plotly JSON whose bytes depend on nothing but the figure.</summary>
internal static class FigureJson
{
    private const int SignificantDigits = 6;
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Data, layout under the house theme, and a short config.</summary>
    public static string Of(Figure figure)
    {
        var source = JsonNode.Parse(GenericChart.toFigureJson(figure.Chart))!.AsObject();
        var data = source["data"]?.DeepClone().AsArray() ?? [];
        var layout = House(figure, Legend(data));
        Merge(layout, source["layout"] as JsonObject ?? []);
        // Plotly.NET's default template and size give way to the figure's.
        layout.Remove("template");
        layout["width"] = figure.Width;
        layout["height"] = figure.Height;
        var whole = new JsonObject
        {
            ["config"] = new JsonObject { ["displaylogo"] = false, ["responsive"] = true },
            ["data"] = data,
            ["layout"] = layout,
        };
        return Tidy(whole)!.ToJsonString(Compact);
    }

    /// <summary>How many letters a line of a title has.</summary>
    public static int TitleLetters(int width) => Math.Max(20, width / 12);

    /// <summary>Whether some trace asks for a legend, or several have names.</summary>
    private static bool Legend(JsonArray data)
    {
        var shown = data.OfType<JsonObject>().Where(trace => (bool?)trace["showlegend"] != false).ToList();
        return shown.Any(trace => (bool?)trace["showlegend"] == true) || shown.Count(trace => trace["name"] is not null) > 1;
    }

    // Title and legend have a band each above the plot, whatever the width of the axis labels.
    private static JsonObject House(Figure figure, bool legend)
    {
        var lines = Markup.Lines(figure.Title, TitleLetters(figure.Width)).Select(Markup.Plotly).ToList();
        var band = 16 + 26 * lines.Count;
        return new JsonObject
        {
            ["title"] = new JsonObject
            {
                ["text"] = string.Join("<br>", lines),
                ["x"] = 0.01,
                ["xanchor"] = "left",
                ["yref"] = "container",
                ["y"] = 1 - 14.0 / figure.Height,
                ["yanchor"] = "top",
                ["font"] = new JsonObject { ["size"] = Theme.TitleSize },
            },
            ["font"] = new JsonObject
            {
                ["family"] = Theme.Font,
                ["size"] = Theme.FontSize,
                ["color"] = Theme.Ink,
            },
            ["paper_bgcolor"] = Theme.Paper,
            ["plot_bgcolor"] = Theme.Paper,
            ["colorway"] = new JsonArray([.. Theme.Series.Select(color => (JsonNode)color)]),
            ["showlegend"] = legend,
            ["margin"] = new JsonObject { ["t"] = band + (legend ? 42 : 14), ["l"] = 70, ["r"] = 30, ["b"] = 60 },
            ["hovermode"] = "closest",
            ["legend"] = new JsonObject
            {
                ["orientation"] = "h",
                ["xref"] = "container",
                ["x"] = 0.01,
                ["xanchor"] = "left",
                ["yref"] = "container",
                ["y"] = 1 - (double)band / figure.Height,
                ["yanchor"] = "top",
                ["traceorder"] = "normal",
            },
        };
    }

    private static void Merge(JsonObject target, JsonObject source)
    {
        foreach (var (name, value) in source)
            if (value is JsonObject inner && target[name] is JsonObject known)
                Merge(known, inner);
            else
                target[name] = value?.DeepClone();
    }

    private static JsonNode? Tidy(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, Tidy(pair.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Tidy)]),
        JsonValue v when v.GetValueKind() == JsonValueKind.Number => Rounded(double.Parse(v.ToJsonString(), CultureInfo.InvariantCulture)),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Rounded(double value)
    {
        if (!double.IsFinite(value))
            return null;
        var text = value.ToString("E" + (SignificantDigits - 1), CultureInfo.InvariantCulture);
        var rounded = double.Parse(text, CultureInfo.InvariantCulture);
        return rounded == Math.Truncate(rounded) && Math.Abs(rounded) < 1e15 ? JsonValue.Create((long)rounded) : JsonValue.Create(rounded);
    }
}
