using Microsoft.DotNet.Interactive.Formatting;

namespace Urial;

/// <summary>
/// Something to look at: HTML without any script, and the same in plain text for hosts that show no HTML.
/// A notebook shows it as the last expression of a cell or through <c>display(view)</c>.
/// </summary>
[TypeFormatterSource(typeof(HtmlViewFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class HtmlView
{
    /// <summary>A view of its two forms.</summary>
    /// <exception cref="ArgumentException">
    /// The HTML holds a script: saved notebooks must show the same everywhere, and GitHub runs none.
    /// </exception>
    public HtmlView(string html, string text)
    {
        if (html.Contains("<script", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("A view's HTML must not hold a script; foreign text has to be escaped.", nameof(html));
        (Html, Text) = (html, VisibleText.Of(text));
    }

    /// <summary>The HTML form: a fragment that carries its own style.</summary>
    public string Html { get; }

    /// <summary>The plain form, which says the same in words and glyphs; what cannot be seen stands there by number.</summary>
    public string Text { get; }

    /// <summary>The plain form.</summary>
    public override string ToString() => Text;
}
