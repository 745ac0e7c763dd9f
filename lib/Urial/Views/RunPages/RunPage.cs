using System.Security.Cryptography;
using System.Text;

namespace Urial;

/// <summary>
/// A stored run as one page that needs nothing but a browser: summary, charts, every answer token by token, the manifest. It fetches
/// nothing and opens from a file; its content security policy lets no script run but its own. Without script it still has summary, charts,
/// manifest and the first answers; with it all answers can be searched, filtered and sorted, and only those on screen are drawn.
/// </summary>
public static class RunPage
{
    /// <summary>How many answers stand in the page for readers without script; as many are on a page of the list.</summary>
    internal const int FirstAnswers = 20;

    private static readonly Lazy<string> Style = new(() => Asset("run-page.css"));
    private static readonly Lazy<string> Script = new(() => Asset("run-page.js"));

    /// <summary>Writes the page.</summary>
    /// <param name="run">The run.</param>
    /// <param name="stream">Gets the page in UTF-8.</param>
    public static void Write(StoredRun run, Stream stream)
    {
        run = LeastNumbers.Of(run);
        using var page = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        var pair = PairLabel.Of(run.Manifest);
        page.Write("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Write($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy(Script.Value)}\">\n");
        page.Write("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta name=\"color-scheme\" "
            + "content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
        page.Write($"<title>{Markup.Html(pair.Title)}</title>\n<style>\n{Style.Value}</style>\n</head>\n<body>\n");
        page.Write("<a class=\"skip\" href=\"#urial-answers\">To the answers</a>\n<header>\n");
        page.Write($"<h1>{Markup.Html(pair.Title)}</h1>\n<p>{Markup.Html(pair.Kind)}</p>\n");
        foreach (var note in pair.Notes.Concat(run.Notes))
            page.Write($"<p class=\"n\">{Markup.Html(note)}</p>\n");
        page.Write("<nav aria-label=\"On this page\"><a href=\"#urial-summary\">Summary</a> <a href=\"#urial-charts\">Charts</a> "
            + "<a href=\"#urial-answers\">Answers</a> <a href=\"#urial-manifest\">Manifest</a></nav>\n</header>\n<main>\n");
        page.Write(RunPageSummary.Html(run));
        page.Write(RunPageCharts.Html(run.Answers));
        RunPageAnswers.Write(page, run.Answers);
        page.Write(RunPageManifest.Html(run));
        page.Write("</main>\n");
        RunPageData.Write(page, run.Answers);
        page.Write($"<script>{Script.Value}</script>\n</body>\n</html>\n");
    }

    /// <summary>What the page may do: run its own script and style, and nothing else.</summary>
    internal static string Policy(string script) =>
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-"
            + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))
            + "'; img-src data:; base-uri 'none'; form-action 'none'";

    // A browser reads every line end as a line feed, and the script's hash is of what it reads.
    private static string Asset(string name)
    {
        using var reader = new StreamReader(typeof(RunPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no {name}."));
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
