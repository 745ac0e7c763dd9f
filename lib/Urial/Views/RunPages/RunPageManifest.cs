using System.Text;
using System.Text.Json;

namespace Urial;

/// <summary>The manifest of a run as a table: a row for each value, long lists behind a fold.</summary>
internal static class RunPageManifest
{
    private const int LongList = 12;

    /// <summary>The section.</summary>
    public static string Html(StoredRun run)
    {
        var html = new StringBuilder("<section aria-labelledby=\"urial-manifest\">\n<h2 id=\"urial-manifest\">Manifest</h2>\n"
            + "<p>What the run was made from, as its manifest.json has it: enough to make it again, and to see whether two runs can be "
            + "compared.</p>\n<table class=\"manifest\"><caption>Manifest of the run</caption>\n<thead><tr><th scope=\"col\">entry</th>"
            + "<th scope=\"col\">value</th></tr></thead>\n<tbody>\n");
        foreach (var entry in run.Manifest.EnumerateObject())
            Rows(html, entry.Name, entry.Value);
        return html.Append("</tbody></table>\n</section>\n").ToString();
    }

    private static void Rows(StringBuilder html, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any())
            foreach (var entry in value.EnumerateObject())
                Rows(html, $"{name} · {entry.Name}", entry.Value);
        else
            html.Append($"<tr><th scope=\"row\">{Markup.Html(name.Replace('_', ' '))}</th><td>{Value(value)}</td></tr>\n");
    }

    private static string Value(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return Markup.Html(Text(value));
        string[] items = [.. value.EnumerateArray().Select(Text)];
        var all = Markup.Html(items.Length == 0 ? "none" : string.Join(", ", items));
        return items.Length <= LongList ? all : $"<details><summary>{Numbers.Count(items.Length)} entries</summary>{all}</details>";
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "none",
        JsonValueKind.Object when !value.EnumerateObject().Any() => "none",
        JsonValueKind.Object => string.Join(" ", value.EnumerateObject().Select(entry => $"{entry.Name} {Text(entry.Value)}")),
        _ => value.GetRawText(),
    };
}
