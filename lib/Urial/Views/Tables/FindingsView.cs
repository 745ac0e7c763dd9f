using System.Text;

namespace Urial;

/// <summary>The box at the end of a chapter.</summary>
internal static class FindingsView
{
    private const string Title = "What this chapter found";

    private static readonly string Sheet = string.Concat(
        "<style>",
        Css.DarkHosts,
        $".urial-found{{max-width:1000px;box-sizing:border-box;padding:10px 16px;border:2px solid {Css.Ink};border-radius:6px;",
        $"background:{Css.Paper};color:{Css.Ink};font:15px/1.5 {Css.Font}}}",
        ".urial-found p{margin:6px 0;background:none;color:inherit;max-width:78ch}",
        ".urial-found .urial-table{border:0;padding:0}",
        "</style>");

    public static HtmlView Of(ChapterFindings findings)
    {
        (string Name, string Text)[] above =
            [("Main number", findings.Main.ToString()), .. findings.Further.Select(number => ("And", number.ToString()))];
        (string Name, string Text)[] below = [("Caveat", findings.Caveat), ("A pair of your own", findings.YourPair)];
        var claims = findings.Claims.Count > 0 ? ClaimsTable.Of(findings.Claims, null) : null;

        var html = new StringBuilder("<div>").Append(Sheet).Append($"<div class=\"urial-found\">\n<p><b>{Title}</b></p>\n");
        html.Append(Html(above)).Append(claims is null ? "" : claims.Html + "\n").Append(Html(below)).Append("</div></div>");
        var text = string.Join('\n', [Title, .. Text(above), .. claims is null ? [] : new[] { claims.Text }, .. Text(below)]);
        return new HtmlView(html.ToString(), text);
    }

    private static string Html(IEnumerable<(string Name, string Text)> lines) =>
        string.Concat(lines.Select(line => $"<p><b>{line.Name}.</b> {Markup.Html(line.Text)}</p>\n"));

    private static IEnumerable<string> Text(IEnumerable<(string Name, string Text)> lines) =>
        lines.SelectMany(line => Markup.Lines($"{line.Name}. {line.Text}", 110));
}
