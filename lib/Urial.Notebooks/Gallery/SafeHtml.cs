using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Text;

namespace Urial.Notebooks;

/// <summary>
/// HTML from a notebook as the page may hold it: parsed as a browser parses it, and written anew from what
/// <see cref="AllowedHtml"/> lists. Everything else is shown as the text it was.
/// </summary>
internal sealed class SafeHtml
{
    private const int LongestRefused = 2000;
    private static readonly HashSet<string> Empty = ["br", "hr", "img", "wbr", "col", "input"];

    private readonly bool _output;
    private readonly string _scope;
    private readonly Func<string, bool, string?> _link;
    private readonly StringBuilder _html = new();

    private SafeHtml(string? name, Func<string, bool, string?> link) =>
        (_output, _scope, _link) = (name is not null, $":where(.{name})", link);

    /// <summary>HTML that a chapter's Markdown became.</summary>
    /// <param name="html">Any HTML.</param>
    /// <param name="link">
    /// Rewrites a link's target; told whether a picture is meant. Null for a picture that would have to be fetched.
    /// </param>
    public static string OfProse(string html, Func<string, bool, string?> link) => new SafeHtml(name: null, link).Of(html);

    /// <summary>A class for the element around an output, which its style sheets end at; equal outputs share one.</summary>
    public static string NameOf(string html) =>
        "own-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PageText.Visible(html))))[..12];

    /// <summary>A <c>text/html</c> output.</summary>
    /// <param name="html">The output.</param>
    /// <param name="name">The class of the element that it will stand in: its style sheets reach nothing outside.</param>
    public static string OfOutput(string html, string name) =>
        new SafeHtml(name, (url, picture) => picture && !url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? null : url)
            .Of(html);

    /// <summary>A piece of HTML as a tree.</summary>
    public static IElement Parse(string html)
    {
        var document = new HtmlParser().ParseDocument("");
        document.Body!.InnerHtml = html;
        return document.Body;
    }

    private string Of(string html)
    {
        foreach (var node in Parse(EndTags(PageText.Visible(html))).ChildNodes)
            Write(node);
        return _html.ToString();
    }

    /// <summary>An end tag that ends nothing is passed over by browsers: here it becomes text first.</summary>
    private static string EndTags(string html)
    {
        if (!html.Contains("</", StringComparison.Ordinal))
            return html;
        var strays = new SortedSet<int>();
        var parser = new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true });
        parser.Error += (_, raised) =>
        {
            if (raised is AngleSharp.Html.Dom.Events.HtmlErrorEvent error && At(html, error.Position) is >= 0 and var at)
                strays.Add(at);
        };
        parser.ParseDocument($"<body>{html}");
        var text = new StringBuilder(html);
        foreach (var at in strays.Reverse())
            text.Remove(at, 1).Insert(at, "&lt;");
        return text.ToString();
    }

    private static int At(string html, TextPosition position)
    {
        var at = position.Position - 1 - "<body>".Length;
        return at >= 0 && at + 1 < html.Length && html[at] == '<' && html[at + 1] == '/' ? at : -1;
    }

    private void Write(INode node)
    {
        switch (node)
        {
            case IElement element:
                Write(element);
                break;
            case IText text:
                _html.Append(PageText.Html(text.Data));
                break;
            case IComment comment:
                _html.Append(PageText.Html($"<!--{comment.Data}-->"));
                break;
            default:
                _html.Append(PageText.Html(node.TextContent));
                break;
        }
    }

    private void Write(IElement element)
    {
        var family = Family(element);
        if (family == HtmlFamily.Html && element.LocalName == "style")
            WriteStyle(element);
        else if (element is IHtmlImageElement image && RemotePicture(image) is { } link)
            _html.Append(link);
        else if (StartTag(element, family) is { } tag)
        {
            // A table of prose scrolls in a box of its own; those of outputs bring theirs.
            var boxed = element.LocalName == "table" && !_output;
            _html.Append(boxed ? "<div class=\"scroll\">" : "").Append(tag);
            if (family == HtmlFamily.Html && Empty.Contains(element.LocalName))
                return;
            if (element.LocalName == "pre" && element.FirstChild is IText { Data: ['\n', ..] })
                _html.Append('\n'); // the parser takes the first one away
            WriteChildren(element);
            _html.Append("</").Append(element.LocalName).Append('>').Append(boxed ? "</div>" : "");
        }
        else
            WriteAsText(element);
    }

    private void WriteChildren(IElement element)
    {
        foreach (var child in (element as IHtmlTemplateElement)?.Content.ChildNodes ?? element.ChildNodes)
            Write(child);
    }

    /// <summary>The tag of an allowed element with allowed attributes; null where one of them is not.</summary>
    private string? StartTag(IElement element, HtmlFamily family)
    {
        if (!AllowedHtml.Element(element.LocalName, family) || (element.LocalName == "input" && !element.HasAttribute("disabled")))
            return null;
        var tag = new StringBuilder("<").Append(element.LocalName);
        foreach (var attribute in element.Attributes)
        {
            var value = attribute.Value;
            if (attribute.Name == "href" && element.LocalName == "a")
            {
                if (!AllowedHtml.Link(value) || _link(value, false) is not { } target || !AllowedHtml.Link(target))
                    return null;
                value = target;
            }
            else if (attribute.Name == "src" && element.LocalName == "img")
            {
                if (_link(value, true) is not { } source || !AllowedHtml.Picture(source))
                    return null;
                value = source;
            }
            else if (!AllowedHtml.Attribute(element.LocalName, family, attribute.Name, value, _output))
                return null;
            tag.Append(' ').Append(attribute.Name).Append("=\"").Append(PageText.Html(value)).Append('"');
        }
        return tag.Append('>').ToString();
    }

    /// <summary>A picture that would have to be fetched, as the link to it; null where it is there, or is not harmless.</summary>
    private string? RemotePicture(IHtmlImageElement image)
    {
        if (image.GetAttribute("src") is not { } url || !AllowedHtml.Link(url) || _link(url, true) is not null
            || image.Attributes.Any(a => a.Name is not ("src" or "alt" or "title" or "width" or "height" or "class")))
            return null;
        var words = image.GetAttribute("alt") is { Length: > 0 } alt ? alt : url;
        return $"<a href=\"{PageText.Html(url)}\">{PageText.Html(words)}</a>";
    }

    private void WriteStyle(IElement style)
    {
        if (_output && style.Attributes.Length == 0 && SafeCss.Scoped(style.TextContent, _scope) is { } css)
            _html.Append("<style>").Append(css).Append("</style>");
        else
            WriteAsText(style);
    }

    private void WriteAsText(IElement element)
    {
        var attributes = string.Concat(element.Attributes.Select(a => $" {a.Name}=\"{a.Value}\""));
        _html.Append(PageText.Html($"<{element.LocalName}{attributes}>"));
        if (element.ChildNodes is [IText { Length: > LongestRefused } text])
        {
            _html.Append(PageText.Html(text.Data[..LongestRefused]))
                .Append(FormattableString.Invariant($" … {text.Length - LongestRefused} more characters"));
        }
        else
            WriteChildren(element);
        if (element.ChildNodes.Length > 0 || !IsVoid(element))
            _html.Append(PageText.Html($"</{element.LocalName}>"));
    }

    private static bool IsVoid(IElement element) => element.Flags.HasFlag(NodeFlags.SelfClosing);

    private static HtmlFamily Family(IElement element) => element.NamespaceUri switch
    {
        "http://www.w3.org/1998/Math/MathML" => HtmlFamily.Math,
        "http://www.w3.org/2000/svg" => HtmlFamily.Svg,
        _ => HtmlFamily.Html,
    };
}
