using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Urial.Notebooks;

/// <summary>
/// What HTML from a notebook may hold: prose, lists, tables, pictures that are there, formulas, drawings, and the attributes of those
/// that only say how they look or are read out. No script, handler, form or frame, and nothing that is fetched.
/// </summary>
internal static partial class AllowedHtml
{
    private static readonly FrozenSet<string> Html = Words(
        "p div span br hr wbr h1 h2 h3 h4 h5 h6 b strong i em u s del ins mark small sub sup code pre kbd samp var q cite abbr "
        + "dfn blockquote ul ol li dl dt dd a img table caption colgroup col thead tbody tfoot tr th td details summary figure "
        + "figcaption section input");

    // Core MathML without what embeds HTML or scripts (annotation-xml, maction, href).
    private static readonly FrozenSet<string> Math = Words(
        "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom msub msup msubsup munder mover munderover "
        + "mtable mtr mtd");

    // Shapes and text; no use, image, foreignObject, animation or style, which fetch or act.
    private static readonly FrozenSet<string> Svg = Words(
        "svg g defs title desc path line polyline polygon rect circle ellipse text tspan marker linearGradient stop");

    private static readonly FrozenSet<string> Everywhere = Words("class title lang align role style");

    private static readonly FrozenSet<string> MathAttributes = Words(
        "display alttext stretchy lspace rspace movablelimits accent accentunder fence form separator mathvariant displaystyle "
        + "columnalign rowspacing columnspacing linethickness width height depth xmlns");

    private static readonly FrozenSet<string> SvgAttributes = Words(
        "xmlns viewBox width height version preserveAspectRatio d x y x1 y1 x2 y2 dx dy cx cy r rx ry points transform fill "
        + "fill-opacity fill-rule stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity opacity "
        + "text-anchor dominant-baseline font-size font-family font-weight font-style markerWidth markerHeight refX refY orient "
        + "offset stop-color focusable");

    private static readonly FrozenDictionary<string, FrozenSet<string>> Own = new Dictionary<string, FrozenSet<string>>
    {
        ["a"] = Words("href rel"),
        ["img"] = Words("src alt width height loading"),
        ["ol"] = Words("start type reversed"),
        ["li"] = Words("value"),
        ["th"] = Words("colspan rowspan scope"),
        ["td"] = Words("colspan rowspan"),
        ["col"] = Words("span"),
        ["colgroup"] = Words("span"),
        ["details"] = Words("open"),
        ["table"] = Words("border cellpadding cellspacing"),
        ["input"] = Words("type disabled checked"),
    }.ToFrozenDictionary();

    /// <summary>Whether an element may stand on the page.</summary>
    /// <param name="name">Its local name.</param>
    /// <param name="family">HTML, MathML or SVG, as the parser found it.</param>
    public static bool Element(string name, HtmlFamily family) => family switch
    {
        HtmlFamily.Math => Math.Contains(name),
        HtmlFamily.Svg => Svg.Contains(name),
        _ => Html.Contains(name),
    };

    /// <summary>Whether an attribute may; the targets of links and pictures are looked at apart.</summary>
    /// <param name="element">The local name of its element.</param>
    /// <param name="family">The element's family.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="output">Whether a program's output is meant, and not a chapter's prose.</param>
    public static bool Attribute(string element, HtmlFamily family, string name, string value, bool output) => name switch
    {
        "style" => SafeCss.Declarations(value),
        "id" => !output || value.StartsWith("urial-", StringComparison.Ordinal),
        "tabindex" => output && value is "0" or "-1",
        "type" when element == "input" => value == "checkbox",
        "marker-start" or "marker-mid" or "marker-end" when family == HtmlFamily.Svg => LocalReference().IsMatch(value),
        _ when name.StartsWith("aria-", StringComparison.Ordinal) => true,
        _ when Everywhere.Contains(name) => true,
        _ => family switch
        {
            HtmlFamily.Math => MathAttributes.Contains(name),
            HtmlFamily.Svg => SvgAttributes.Contains(name) && !value.Contains("url", StringComparison.OrdinalIgnoreCase),
            _ => Own.TryGetValue(element, out var own) && own.Contains(name),
        },
    };

    /// <summary>Whether a link may lead there: the web, a letter, or a place in the gallery.</summary>
    public static bool Link(string url) => Scheme(url) is null or "http" or "https" or "mailto";

    /// <summary>Whether a picture is there already: its bytes in the link, or a file beside the page.</summary>
    public static bool Picture(string url) => Scheme(url) switch
    {
        null => !Bare(url).Replace('\\', '/').StartsWith("//", StringComparison.Ordinal),
        "data" => DataPicture().IsMatch(Bare(url)),
        _ => false,
    };

    private static string? Scheme(string url) =>
        SchemePattern().Match(Bare(url)) is { Success: true } match ? match.Groups[1].Value.ToLowerInvariant() : null;

    /// <summary>A link as browsers read it: they pass over white space and control characters.</summary>
    private static string Bare(string url) => string.Concat(url.Where(c => c > ' ' && !char.IsControl(c)));

    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex("^([a-zA-Z][a-zA-Z0-9+.-]*):")]
    private static partial Regex SchemePattern();

    [GeneratedRegex("^data:image/(png|jpeg|gif|webp|svg\\+xml)[;,]", RegexOptions.IgnoreCase)]
    private static partial Regex DataPicture();

    [GeneratedRegex("^url\\(#[\\w-]+\\)$")]
    private static partial Regex LocalReference();
}
