using AngleSharp.Dom;

namespace Urial.Notebooks;

/// <summary>A piece of an output that another page shows too.</summary>
/// <param name="Cell">The number of the code cell that it stands under.</param>
/// <param name="Html">The piece.</param>
/// <param name="Styles">The style sheets that it was drawn with.</param>
internal sealed record OutputPart(int Cell, string Html, IReadOnlyList<string> Styles)
{
    // More than fit into two lines at any width, which the page cuts.
    private const int PreviewTokens = 40;

    /// <summary>The beginning of the first token view, to be looked at only: nothing in it takes the focus.</summary>
    /// <param name="cell">The number of its code cell.</param>
    /// <param name="output">The output, already safe.</param>
    /// <param name="name">The class that its style sheets end at.</param>
    /// <returns>Null where there is none.</returns>
    public static OutputPart? Tokens(int cell, string output, string name)
    {
        var whole = SafeHtml.Parse(output);
        if (whole.QuerySelector(".urial-heat .t") is not { } tokens)
            return null;
        foreach (var late in tokens.Children.Where(c => c.LocalName == "span").Skip(PreviewTokens).ToList())
            late.Remove();
        foreach (var element in tokens.QuerySelectorAll("*"))
            foreach (var attribute in element.Attributes.Select(a => a.Name).Where(a => a is not ("class" or "style")).ToList())
                element.RemoveAttribute(attribute);
        return new OutputPart(cell, $"<div class=\"{name}\"><div class=\"urial-heat\">{tokens.OuterHtml}</div></div>", Sheets(whole));
    }

    /// <summary>The tables of claims in boxes that say what a chapter found.</summary>
    /// <param name="cell">The number of their code cell.</param>
    /// <param name="output">The output, already safe.</param>
    /// <param name="name">The class that its style sheets end at.</param>
    public static IEnumerable<OutputPart> Claims(int cell, string output, string name)
    {
        var whole = SafeHtml.Parse(output);
        return whole.QuerySelectorAll(".urial-found table.urial-claims")
            .Select(table => new OutputPart(cell, $"<div class=\"{name}\">{Alone(table)}</div>", Sheets(whole)));
    }

    /// <summary>A table of claims in the elements that it stands in, up to the box, and nothing else of the box.</summary>
    private static string Alone(IElement table)
    {
        var (alone, around) = ((IElement)table.Clone(deep: true), table);
        while (!around.ClassList.Contains("urial-found"))
        {
            around = around.ParentElement!;
            var shell = (IElement)around.Clone(deep: false);
            shell.AppendChild(alone);
            alone = shell;
        }
        return alone.OuterHtml;
    }

    /// <summary>The style sheets of several pieces, each once.</summary>
    public static string StylesOf(IEnumerable<OutputPart> parts) =>
        string.Concat(parts.SelectMany(part => part.Styles).Distinct().Select(sheet => $"<style>{sheet}</style>\n"));

    private static IReadOnlyList<string> Sheets(IElement whole) => [.. whole.QuerySelectorAll("style").Select(style => style.TextContent)];
}
