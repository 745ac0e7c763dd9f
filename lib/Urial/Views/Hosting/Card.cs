using System.Text;

namespace Urial;

/// <summary>What a notebook shows of a value that has no view of its own: what it is called, and a few of its properties.</summary>
/// <param name="Type">The type's name.</param>
/// <param name="Name">What the value is called, or how many it holds; empty where there is nothing to say.</param>
/// <param name="Rows">What is shown of it, in order; all texts are short.</param>
/// <param name="Hidden">How many rows are left out.</param>
internal sealed record Card(string Type, string Name, IReadOnlyList<(string Name, string Value)> Rows, int Hidden = 0)
{
    /// <summary>The most characters of a card's HTML.</summary>
    public const int MostHtml = 3800;

    private const int MostRows = 12;
    private const int LongestLine = 140;

    private static readonly string Sheet = string.Concat(
        "<style>",
        Css.DarkHosts,
        ".urial-card{display:inline-block;max-width:100%;overflow-x:auto;box-sizing:border-box;padding:6px 12px;",
        $"background:{Css.Paper};color:{Css.Ink};border:1px solid {Css.Grid};border-radius:6px;font:14px/1.5 {Css.Font}}}",
        ".urial-card table{border-collapse:collapse;margin:0;font-size:inherit}",
        $".urial-card th,.urial-card td{{padding:1px 10px 1px 0;border:0;background:{Css.Paper};color:{Css.Ink};text-align:left;",
        $"vertical-align:top}}.urial-card th,.urial-card .n{{font-weight:normal;color:{Css.Muted}}}</style>");

    /// <summary>Type and name.</summary>
    public string Head => Name.Length == 0 ? Type : $"{Type} {Name}";

    /// <summary>All in one short line, for a card inside another value.</summary>
    public string Line =>
        ShortText.Of(Rows.Count == 0 ? Head : $"{Head}: {string.Join(", ", Rows.Select(row => $"{row.Name} {row.Value}"))}", LongestLine);

    /// <summary>The plain form: a line for the head and one for each row.</summary>
    public string Text
    {
        get
        {
            var shown = Rows.Take(MostRows).Select(row => $"\n  {row.Name}: {row.Value}");
            return Head + string.Concat(shown) + (Left(MostRows) is { Length: > 0 } more ? "\n  " + more : "");
        }
    }

    /// <summary>The HTML form, without any script; never longer than <see cref="MostHtml"/>.</summary>
    public string Html
    {
        get
        {
            var html = new StringBuilder(
                $"<div>{Sheet}<div class=\"urial-card\"><b>{Markup.Html(Type)}</b> {Markup.Html(Name)}<table><tbody>");
            var shown = 0;
            foreach (var (name, value) in Rows.Take(MostRows))
            {
                var row = $"<tr><th>{Markup.Html(name)}</th><td>{Markup.Html(value)}</td></tr>";
                if (html.Length + row.Length > MostHtml - 100)
                    break;
                html.Append(row);
                shown++;
            }
            html.Append("</tbody></table>");
            if (Left(shown) is { Length: > 0 } more)
                html.Append($"<span class=\"n\">{more}</span>");
            return html.Append("</div></div>").ToString();
        }
    }

    private string Left(int shown) => Math.Max(0, Rows.Count - shown) + Hidden is > 0 and var left ? $"… {Numbers.Count(left)} more" : "";
}
