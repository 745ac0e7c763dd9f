using System.Text.RegularExpressions;

namespace Urial.Tests;

public sealed class TokenChangesTests
{
    private static readonly ShiftedAnswer Bare = ComparisonChartsTests.Ranked(9, 9, 1, 2);
    private static readonly ShiftedAnswer Prompted = ComparisonChartsTests.Ranked(1, 9, 9, 3);

    [Fact]
    public void A_changed_token_is_outlined_and_marked_and_others_are_not()
    {
        var view = TokenChanges.Of([("zero-shot", Bare), ("URIAL <3>", Prompted)]);

        Assert.Equal(2, Regex.Count(view.Html, "class=\"[ums] x\""));
        Assert.Contains("<sup>▲→–</sup>·word0", view.Html);
        Assert.Contains("<sup>–→▲</sup>·word2", view.Html);
        Assert.Contains("<sup>○</sup>·word3", view.Html); // rank 2 or 3: the same class
        Assert.Contains("‹▲→–›·word0 ▲·word1 ‹–→▲›·word2 ○·word3", view.Text);
        Assert.Contains("in another class than under zero-shot: 2, of these nearer to the base model's first choice 1", view.Text);
        Assert.Contains("zero-shot: shifted → here: unshifted", view.Html);
        Assert.DoesNotContain("<3>", view.Html);
    }

    [Fact]
    public void A_view_is_one_tab_stop() =>
        Assert.Single(Regex.Matches(TokenChanges.Of([("a", Bare), ("b", Prompted)]).Html, "tabindex=\"0\""));

    [Fact]
    public void Rows_of_two_answers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TokenChanges.Of([("a", Bare)]));
        Assert.Contains("another answer", Assert.Throws<ArgumentException>(
            () => TokenChanges.Of([("a", Bare), ("b", MadeUp.France)])).Message);
    }

    [Fact]
    public void Views_side_by_side_and_behind_a_fold_keep_their_words()
    {
        var (one, other) = (new HtmlView("<p>one</p>", "one"), new HtmlView("<p>two</p>", "two"));
        var beside = Arrange.Beside(("An <answer>", one), ("A refusal", other));
        Assert.Equal("An <answer>\none\n\nA refusal\ntwo", beside.Text);
        Assert.Matches("(?s)An &lt;answer&gt;</b></p><p>one</p>.*A refusal</b></p><p>two</p>", beside.Html);
        Assert.Throws<ArgumentException>(() => Arrange.Beside());
        var fold = Arrange.Fold("All intervals", one);
        Assert.Equal("All intervals\none", fold.Text);
        Assert.Matches("^<details><summary[^>]*>All intervals</summary><p>one</p></details>$", fold.Html);
    }
}
