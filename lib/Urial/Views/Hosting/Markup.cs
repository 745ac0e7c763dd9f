using System.Text;

namespace Urial;

/// <summary>Text made safe for HTML and for Plotly's own little markup. Every view passes every foreign string through here.</summary>
internal static class Markup
{
    /// <summary>
    /// Escapes text for element content and quoted attributes; what cannot be seen stands there by number (<see cref="VisibleText"/>).
    /// </summary>
    public static string Html(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (var letter in VisibleText.Of(text))
            _ = letter switch
            {
                '&' => safe.Append("&amp;"),
                '<' => safe.Append("&lt;"),
                '>' => safe.Append("&gt;"),
                '"' => safe.Append("&quot;"),
                '\'' => safe.Append("&#39;"),
                _ => safe.Append(letter),
            };
        return safe.ToString();
    }

    /// <summary>
    /// Escapes text for Plotly, which reads tags, entities and (where MathJax is loaded) dollar signs in every label.
    /// A zero-width space keeps two dollars from meeting as a formula.
    /// </summary>
    public static string Plotly(string text) => Html(text).Replace("&#39;", "'").Replace("&quot;", "\"").Replace("$", "$\u200b");

    /// <summary>Breaks text at spaces into lines of about <paramref name="width"/> characters; a longer word keeps its line.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        foreach (var paragraph in text.Split('\n'))
        {
            var line = new StringBuilder();
            foreach (var word in paragraph.Split(' '))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > width)
                {
                    yield return line.ToString();
                    line.Clear();
                }
                if (line.Length > 0)
                    line.Append(' ');
                line.Append(word);
            }
            yield return line.ToString();
        }
    }
}
