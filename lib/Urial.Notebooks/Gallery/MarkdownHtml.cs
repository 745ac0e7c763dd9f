using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Urial.Notebooks;

/// <summary>Markdown cells as HTML: formulas as MathML, links made to work from the gallery, and nothing that acts or is fetched.</summary>
internal static class MarkdownHtml
{
    private const string QuestionLabel = "The question: ";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseEmphasisExtras().UseTaskLists().UseAutoLinks().UseFootnotes().UseAlertBlocks()
        .UseMathematics().Build();

    /// <summary>A cell's Markdown.</summary>
    /// <param name="markdown">Its source.</param>
    /// <param name="headings">Takes its headings.</param>
    /// <param name="link">
    /// Rewrites a link's target; told whether a picture is meant. Null for a picture that would have to be fetched.
    /// </param>
    public static string Of(string markdown, Headings headings, Func<string, bool, string?> link)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
            heading.GetAttributes().Id = headings.Add(heading.Level, PlainText(heading));

        using var text = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(text);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.RemoveAll(r => r is HtmlMathInlineRenderer or HtmlMathBlockRenderer);
        renderer.ObjectRenderers.InsertRange(0, [new InlineFormula(), new DisplayedFormula()]);
        renderer.Render(document);
        return SafeHtml.OfProse(text.ToString(), link);
    }

    /// <summary>
    /// The first heading and the chapter's question below it, or the first sentence where there is none, as plain text; a line all in
    /// italics says only where the chapter belongs.
    /// </summary>
    public static (string? Title, string? Sentence) Opening(IEnumerable<string> cells)
    {
        string? title = null;
        foreach (var block in cells.SelectMany(cell => Markdown.Parse(cell, Pipeline)))
        {
            if (title is null && block is HeadingBlock { Level: 1 } heading)
                title = PlainText(heading);
            else if (Question(block) is { } question)
                return (title, question);
            else if (block is ParagraphBlock paragraph && paragraph.Inline is not { FirstChild: EmphasisInline { NextSibling: null } })
                return (title, FirstSentence(PlainText(paragraph)));
        }
        return (title, null);
    }

    /// <summary>What a chapter asks, where the block is the list that begins with it.</summary>
    private static string? Question(Block block) =>
        block is ListBlock list && list.Descendants<ParagraphBlock>().FirstOrDefault() is { } first && PlainText(first) is var text
        && text.StartsWith(QuestionLabel, StringComparison.Ordinal) && text.Length > QuestionLabel.Length
            ? char.ToUpperInvariant(text[QuestionLabel.Length]) + text[(QuestionLabel.Length + 1)..]
            : null;

    private static string PlainText(LeafBlock block) => string.Concat((block.Inline?.Descendants() ?? []).Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        MathInline formula => formula.Content.ToString(),
        LineBreakInline => " ",
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        _ => "",
    }));

    private static string FirstSentence(string text)
    {
        for (var i = 0; i < text.Length - 2; i++)
            if (text[i] is '.' or '!' or '?' && text[i + 1] == ' ' && !char.IsLower(text[i + 2]))
                return text[..(i + 1)];
        return text;
    }

    private sealed class InlineFormula : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline formula) =>
            renderer.Write(MathMl.Of(formula.Content.ToString(), display: formula.DelimiterCount > 1));
    }

    private sealed class DisplayedFormula : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock formula) =>
            renderer.Write("<div class=\"formula\">").Write(MathMl.Of(formula.Lines.ToString(), display: true)).WriteLine("</div>");
    }
}
