using System.Text.Json.Nodes;
using Urial.Notebooks;

namespace Urial.Tests;

/// <summary>Chapters to make galleries of, without running any: the committed ones, a hostile one, one with claims.</summary>
internal static class GalleryChapters
{
    public const string HostileName = "98-hostile";

    /// <summary>What would count in the page's window if anything of the hostile chapter ran.</summary>
    public const string Ran = "window.harmed";

    // Broken UTF-8 arrives as half a surrogate pair or as U+FFFD; an override turns the rest of its line around.
    private const string Broken = "half \ud83d of a pair, \u202egnirts desrever\u202c, bell \u0007, escape \u001b[31m, C1 \u009b, \ufffd";
    private const string Script = "<script>window.harmed=1</script>";
    private const string Handlers = "<img src=x onerror=\"window.harmed=2\"><b onclick=\"window.harmed=3\">bold</b>";
    private const string Rest = "<a href=\"javascript:window.harmed=4\">go</a></pre></script><svg onload=\"window.harmed=5\"></svg>"
        + "<iframe src=\"https://example.org/\"></iframe><form action=\"https://example.org/\"><input name=a></form>"
        + "<style>@import url(https://example.org/x.css); body{display:none}</style>";

    public static string Harm => $"{Script} {Handlers} {Rest}";

    /// <summary>The chapters as they are committed.</summary>
    public static IReadOnlyList<Chapter> Committed { get; } =
    [
        .. Directory.GetFiles(Repository.Path("notebooks"), "*.ipynb").Order(StringComparer.Ordinal).Select(path =>
        {
            var notebook = Notebook.Load(path);
            return new Chapter(path, notebook, notebook, null, TimeSpan.Zero, null);
        }),
    ];

    /// <summary>Markup, links and characters that mean harm, in every place where a model's text can stand.</summary>
    public static Chapter Hostile() => Of(HostileName,
        Prose($"# Harm {Handlers}\n\n{Broken}\n\n{Harm}\n\n[link](javascript:window.harmed=6) "
            + "[other](JaVa\tScript:window.harmed=7) ![p](https://example.org/p.png)\n\n| a | b |\n|---|---|\n| "
            + "<img src=x onerror=window.harmed=8> | x |\n\n`" + Script + "`\n\n$x_{</mi><img src=x onerror=window.harmed=9>}$"),
        Code($"var x = \"{Broken}\"; // {Script}",
            new StreamOutput("stdout", $"{Harm} {Broken}"),
            new ErrorOutput(Script, Harm, [Handlers, Broken]),
            new DisplayOutput([
                new(MimeTypes.Html, JsonValue.Create($"<div class=\"urial-heat\"><div class=\"t\">{Harm} {Broken}</div></div>")),
                new(MimeTypes.Text, JsonValue.Create("words"))]),
            new DisplayOutput([
                new(MimeTypes.Html, JsonValue.Create(
                    "<style>.urial-heat{display:none} .view{display:none} p{color:rgb(1, 2, 3)}</style><p class=\"harmed\">own</p>")),
                new(MimeTypes.Text, JsonValue.Create("own"))]),
            new DisplayOutput([new(MimeTypes.Svg, JsonValue.Create(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"window.harmed=10\"><script>window.harmed=11</script></svg>")),
                new(MimeTypes.Text, JsonValue.Create(Harm))]),
            Cells.Figure(new JsonObject
            {
                ["data"] = new JsonArray(new JsonObject { ["y"] = new JsonArray(1, 2), ["name"] = Handlers, ["type"] = "bar" }),
                ["layout"] = new JsonObject
                {
                    ["title"] = new JsonObject { ["text"] = $"{Script} {Handlers} {Broken} <a href=\"javascript:window.harmed=12\">t</a>" },
                    ["images"] = new JsonArray(new JsonObject { ["source"] = "https://example.org/p.png" }),
                },
            }.ToJsonString(), text: $"{Harm}\n{Broken}")));

    /// <summary>A chapter whose last output is a box with claims, as <c>urial-found</c> has them.</summary>
    public static Chapter WithClaims(string name) => Of(name,
        Prose("# 7 · A chapter with claims\n\nWhat it asks."),
        Code("1", new StreamOutput("stdout", "one")),
        Code("2", new DisplayOutput([new(MimeTypes.Html, JsonValue.Create("""
            <div><style>.urial-found{border:1px solid #777;padding:8px}</style><div class="urial-found"><p>Found: 54 %.</p>
            <table class="urial-claims"><thead><tr><th>claim</th><th>verdict</th></tr></thead>
            <tbody><tr><td>Most are unshifted</td><td>✓ agrees, n = 360</td></tr></tbody></table></div></div>
            """)), new(MimeTypes.Text, JsonValue.Create("Found: 54 %."))])));

    public static Chapter Of(string name, params NotebookCell[] cells)
    {
        var notebook = new Notebook(name + ".ipynb",
            [.. cells.Select((c, i) => Cells.Cell(c.Kind, c.Source, i).WithResults(c.ExecutionCount, c.Outputs))]);
        return new Chapter(Repository.Path("notebooks", name + ".ipynb"), notebook, notebook, null, TimeSpan.FromSeconds(1), 1);
    }

    public static NotebookCell Prose(string source) => Cells.Cell(CellKind.Markdown, source, 0);

    public static NotebookCell Code(string source, params CellOutput[] outputs) =>
        Cells.Cell(CellKind.Code, source, 0).WithResults(1, outputs);
}
