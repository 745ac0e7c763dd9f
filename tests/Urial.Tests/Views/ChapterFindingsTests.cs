namespace Urial.Tests;

/// <summary>The box at a chapter's end.</summary>
public sealed class ChapterFindingsTests
{
    private static readonly BothWays Measured = BothWays.Of(Between(0.385, 0.435, 360), Between(0.429, 0.465, 349));

    [Fact]
    public void A_main_number_is_written_in_its_unit_with_interval_and_n()
    {
        Assert.Equal("shifted tokens: 41.0 % [38.5, 43.5], n = 360; without the 11 that did not end 44.7 % [42.9, 46.5], n = 349",
            MainNumber.Share("shifted tokens", Measured).ToString());
        Assert.Equal("0.41 nats [0.39, 0.43], n = 1,360", MainNumber.Of("KL", Between(0.39, 0.43, 1360), "nats").Written);
        Assert.Equal("41.0 percentage points [39.0, 43.0], n = 9", MainNumber.Difference("x", Between(0.39, 0.43, 9)).Written);
        Assert.Equal("0.4 [0.4, 0.4], n = 2", MainNumber.Of("x", Between(0.39, 0.43, 2), digits: 1).Written);
        Assert.Throws<ArgumentException>(() => MainNumber.Share("", Measured));
    }

    [Fact]
    public void The_box_says_number_claims_caveat_and_what_to_do()
    {
        var view = Tables.Found(Findings([PaperClaim.Above("Most is shifted", Measured, 0.5).From("section 2")]));

        var lines = view.Text.Split('\n');
        Assert.Equal("What this chapter found", lines[0]);
        Assert.StartsWith("Main number. shifted tokens: 41.0 % [38.5, 43.5], n = 360", lines[1]);
        Assert.Contains(lines, line => line.StartsWith("✗ differs. Most is shifted (the paper, section 2).", StringComparison.Ordinal));
        Assert.Contains("Caveat. A <small> world.", lines);
        Assert.Equal("A pair of your own. urial shift", lines[^1]);
        Assert.All(lines, line => Assert.True(line.Length <= 120, line));
        Assert.Contains("<p><b>Caveat.</b> A &lt;small&gt; world.</p>", view.Html);
        Assert.Contains("<table class=\"urial-claims\">", view.Html);
        Assert.Contains("<div class=\"urial-found\">", view.Html);
    }

    [Fact]
    public void Further_numbers_stand_behind_the_main_one()
    {
        var further = MainNumber.Share("of them by the prompt alone", Between(0.03, 0.05, 360));
        var view = Tables.Found(Findings([]) with { Further = [further] });

        const string And = "of them by the prompt alone: 4.0 % [3.0, 5.0], n = 360";
        Assert.Contains($"<p><b>And.</b> {And}</p>", view.Html);
        var lines = view.Text.Split('\n').ToList();
        Assert.InRange(lines.IndexOf($"And. {And}"), lines.FindIndex(line => line.StartsWith("Main number.", StringComparison.Ordinal)) + 1,
            lines.FindIndex(line => line.StartsWith("Caveat.", StringComparison.Ordinal)) - 1);
    }

    [Fact]
    public void A_chapter_without_claims_has_a_box_without_their_table() =>
        Assert.DoesNotContain("urial-claims", Tables.Found(Findings([])).Html);

    [Fact]
    public void Claims_that_read_alike_and_empty_words_are_refused()
    {
        var claim = PaperClaim.Above("Most is shifted", Measured, 0.5);

        Assert.Contains("'Most is shifted'", Assert.Throws<ArgumentException>(() => Findings([claim, claim])).Message);
        Assert.Throws<ArgumentException>(() => new ChapterFindings(MainNumber.Share("x", Measured), [], " ", "do"));
        Assert.Throws<ArgumentException>(() => new ChapterFindings(MainNumber.Share("x", Measured), [], "but", ""));
    }

    private static ChapterFindings Findings(IReadOnlyList<PaperClaim> claims) =>
        new(MainNumber.Share("shifted tokens", Measured), claims, "A <small> world.", "urial shift");

    private static Estimate Between(double low, double high, int n) => new((low + high) / 2, new Interval(low, high, 0.95), n);
}
