using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Urial.Tests;

/// <summary>
/// What a reader sees of HTML where styles are stripped, as on GitHub: blocks and rows are lines, cells are set apart, white space is one
/// space, everything else runs on.
/// </summary>
internal static class Stripped
{
    private static readonly HashSet<string> Blocks =
        ["DIV", "P", "BLOCKQUOTE", "PRE", "TABLE", "THEAD", "TBODY", "TR", "TD", "TH", "DETAILS", "SUMMARY", "BR", "UL", "OL", "LI"];

    /// <summary>The letter of a token's label is set as the plain form writes it.</summary>
    private const string Label = "SUB";

    public static string Text(string html)
    {
        var text = new StringBuilder();
        Append(text, Parsed(html));
        return text.ToString();
    }

    public static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The body without its styles.</summary>
    public static IElement Parsed(string html)
    {
        var body = new HtmlParser().ParseDocument(html).Body!;
        foreach (var style in body.QuerySelectorAll("style").ToArray())
            style.Remove();
        foreach (var element in body.QuerySelectorAll("*"))
            foreach (var attribute in new[] { "style", "class" })
                element.RemoveAttribute(attribute);
        return body;
    }

    private static void Append(StringBuilder text, INode node)
    {
        foreach (var child in node.ChildNodes)
        {
            var block = Blocks.Contains(child.NodeName);
            if (block)
                text.Append('\n');
            if (child is IText words)
                text.Append(words.Data);
            else if (child.NodeName == Label)
                text.Append($"[{child.TextContent}]");
            else
                Append(text, child);
            if (block)
                text.Append('\n');
        }
    }
}
