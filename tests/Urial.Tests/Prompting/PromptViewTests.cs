namespace Urial.Tests.Prompting;

public sealed class PromptViewTests
{
    private static readonly UrialPrompt Urial = new("kind", PromptLayout.Fenced, "Reply <b>kindly</b>.",
        [new("Owls?", "In trees."), new("Bats?", "In caves.")]);
    private static readonly HfTokenizer Tokenizer = HfTokenizer.Load(TextFixtures.WriteMicroTokenizer());

    [Fact]
    public void Each_part_has_a_mark_a_heading_and_its_tokens()
    {
        var view = PromptView.Of(Urial.Prompt("<script>x</script>"), Tokenizer, "URIAL");
        foreach (var form in new[] { view.Html, view.Text })
        {
            Assert.Contains("§", form);
            Assert.Contains("system text · 20 tokens", form);
            Assert.Contains("query of example 1 · 5 tokens", form);
            Assert.Contains("A2", form);
            Assert.Contains("the query · ", form);
        }
        Assert.DoesNotContain("<script", view.Html);
        Assert.DoesNotContain("<b>kindly", view.Html);
        Assert.Contains("&lt;b&gt;kindly", view.Html);
        Assert.Contains("ends before \"#·Query\" or \"#·User\"", view.Text);
    }

    [Fact]
    public void The_text_form_reads_as_this() => Assert.Equal(
        """
        URIAL
        the answer ends before "#·Query" or "#·User"
        §   system text
            Reply <b>kindly</b>.
        Q1  query of example 1
            Owls?
        A1  answer of example 1
            In trees.
        Q2  query of example 2
            Bats?
        A2  answer of example 2
            In caves.
        q1  query of turn 1
            A?
        a1  answer of turn 1
            B.
        ?   the query
            C?
        """, PromptView.Of(Urial.Prompt([new("user", "A?"), new("assistant", "B."), new("user", "C?")]), title: "URIAL").Text);

    [Fact]
    public void The_html_holds_the_prompt_itself_with_headings_between()
    {
        var prompt = Urial.Prompt("Why?");
        var body = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(PromptView.Of(prompt).Html).QuerySelector("div.t")!;
        foreach (var heading in body.QuerySelectorAll("p").ToArray())
            heading.Remove();
        foreach (var end in body.QuerySelectorAll("br").ToArray())
            end.OuterHtml = "\n";
        Assert.Equal(prompt.Text, body.TextContent);
    }

    [Fact]
    public void Two_prompts_are_compared_part_by_part()
    {
        var view = PromptView.Compare(Urial.Prompt("q"), "with", Urial.WithoutSystem().WithOrder(2, 1)
            .WithAnswersOf([new("Owls?", "Trees."), new("Bats?", "In caves.")]).Prompt("q"), "without");
        Assert.Equal(
            """
            From “with” to “without”
            3 parts in both (=) · 1 part moved (↕) · 2 parts taken out (−) · 1 part put in (+) · the same frame
            the same stop strings
            − §   system text
                  Reply <b>kindly</b>.
            """.ReplaceLineEndings("\n"), string.Join('\n', view.Text.Split('\n').Take(5)));
        Assert.Contains("+ A2  answer of example 2\n      Trees.", view.Text);
        Assert.Contains("− A1  answer of example 1\n      In trees.", view.Text);
        Assert.Contains("= ?   the query", view.Text);
        Assert.Contains("&lt;b&gt;kindly", view.Html);
        Assert.Contains("<div class=\"x gone\"><p><b>− § system text</b></p>", view.Html);
        Assert.Contains("<div class=\"x new\"><p><b>+ A2 answer of example 2</b></p>", view.Html);
        Assert.Equal(4, System.Text.RegularExpressions.Regex
            .Matches(view.Html, @"\.urial-prompt \.(same|moved|gone|new)\{background:([^;]*)")
            .Select(match => match.Groups[2].Value).Distinct().Count());
    }

    [Fact]
    public void A_prompt_does_not_differ_from_itself_and_a_layout_is_a_difference()
    {
        var prompt = Urial.Prompt("q");
        Assert.True(PromptDifference.Between(prompt, Urial.Prompt("q")).IsNone);
        var user = new UrialPrompt("kind", PromptLayout.User, Urial.System, Urial.Examples).Prompt("q");
        var difference = PromptDifference.Between(prompt, user);
        Assert.All(difference.Parts, part => Assert.Equal(PromptChange.Same, part.Change));
        Assert.False(difference.SameFrame);
        Assert.False(difference.IsNone);
        Assert.True(PromptDifference.Between(prompt, Urial.First(1).Prompt("q")).SameFrame);
        Assert.False(PromptDifference.Between(prompt, new ZeroShotStyle().Prompt("q")).SameStop);
    }
}
