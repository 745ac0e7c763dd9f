using Urial.Notebooks;

namespace Urial.Tests;

public sealed class WithoutStylesTests
{
    private static readonly UrialPrompt Prompt = new("kind", PromptLayout.Fenced, "Reply\nkindly.", [new("Owls?", "In\ntrees.")]);
    private static readonly WrittenExample[] Written =
        [WrittenExample.InParts("a", "Why?", "Oh.", "- one\n- two", "Bye."), WrittenExample.Whole("b", "Who?", "Nobody")];

    private static readonly IReadOnlyDictionary<string, Func<HtmlView>> Views = new Dictionary<string, Func<HtmlView>>
    {
        ["prompt"] = () => PromptView.Of(Prompt.Prompt("q?")),
        ["comparison"] = () => PromptView.Compare(Prompt.Prompt("q?"), "whole", Prompt.WithoutSystem().Prompt("q?"), "less"),
        ["data"] = () => AlignmentDataView.Of(Written, "Written", 2),
        ["tokens"] = () => TokenHeatmap.Of(MadeUp.France, new TokenHeatmapOptions { Labels = true }),
        ["rows"] = () => TokenHeatmap.Rows([MadeUp.France, MadeUp.France]),
        ["compare"] = () => TokenHeatmap.Compare(MadeUp.France, "bare", MadeUp.France, "URIAL"),
        ["shares"] = () => Tables.Shares(SampleCharts.Rows, "Shares"),
        ["positions"] = () => Tables.Positions(MadeUp.France, 0, 5, "Positions"),
    };

    public static TheoryData<string> Names => new(Views.Keys);

    public static TheoryData<string> Chapters => ChapterFormTests.Chapters;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_view_loses_no_word(string name) => LosesNothing(Views[name]().Html, Views[name]().Text);

    [Theory]
    [MemberData(nameof(Chapters))]
    public void A_committed_chapter_loses_no_word(string chapter)
    {
        foreach (var output in Notebook.Load(Repository.Path("notebooks", chapter)).CodeCells.SelectMany(cell => cell.Outputs)
            .OfType<DisplayOutput>())
            if (output.Text(MimeTypes.Html) is { } html && output.Text(MimeTypes.Text) is { } text)
                LosesNothing(html, text);
    }

    [Fact]
    public void What_runs_together_or_is_lost_is_noticed()
    {
        Assert.ThrowsAny<Exception>(() => LosesNothing("<span>opener</span><span>Hello</span>", "opener\nHello"));
        Assert.ThrowsAny<Exception>(() => LosesNothing("<p>opener</p>", "opener\nHello"));
        Assert.ThrowsAny<Exception>(() => LosesNothing("<style>.a::after{content:'Hello'}</style><p class=\"a\">opener</p>",
            "opener\nHello"));
        LosesNothing("<p>opener</p><div>Hello</div>", "opener\nHello");
    }

    [Fact]
    public void The_parts_of_a_prompt_are_lines_of_their_own()
    {
        var lines = Stripped.Text(PromptView.Of(Prompt.Prompt("q?")).Html).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.All(new[] { "§ system text", "Reply", "kindly.", "Q1 query of example 1", "A1 answer of example 1", "In", "trees.",
            "? the query", "q?" }, line => Assert.Contains(line, lines));
    }

    /// <summary>Every word of the plain form stands alone in the stripped one; what is cut with an ellipsis may be longer there.</summary>
    private static void LosesNothing(string html, string text)
    {
        var seen = Stripped.Words(Stripped.Text(html)).Select(Bare).ToHashSet();

        Assert.Equal([], Stripped.Words(text).Select(Bare).Where(word => !word.EndsWith('…') && word.Trim('─').Length > 0)
            .Except(seen));
    }

    // Where the plain form has a sentence, with brackets and stops, a table has cells; a change of class stands in brackets.
    private static string Bare(string word) => word.Replace("‹", "").Replace("›", "").Trim('(', ')', ':', '.', ';', ',').ToLowerInvariant();
}
