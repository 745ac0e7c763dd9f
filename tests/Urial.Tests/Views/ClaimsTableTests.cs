namespace Urial.Tests;

/// <summary>The table of claims: each with its border, its measurement and a verdict that is a sign and a word.</summary>
public sealed class ClaimsTableTests
{
    [Fact]
    public void Each_claim_is_a_line_with_its_verdict_and_whose_it_is()
    {
        var text = Tables.Claims([PaperClaim.Above("More", Between(0.1, 0.2), 0).From("section 2.2"),
            PaperClaim.Below("Less", Between(0.1, 0.2), 0), PaperClaim.Above("Perhaps", Between(-0.1, 0.2), 0)], "Found").Text;

        Assert.StartsWith("Found\n✓ agrees. More (the paper, section 2.2). Holds if above 0; measured 0.150 [0.100, 0.200] n=20\n", text);
        Assert.Contains("\n✗ differs. Less (ours). Holds if below 0; ", text);
        Assert.Contains("\n? cannot tell. Perhaps (ours). ", text);
        Assert.DoesNotContain(ShareRow.EndedOnly, text);
    }

    [Fact]
    public void The_page_has_a_row_for_each_claim()
    {
        var html = Tables.Claims([PaperClaim.Above("More <b>", Between(0.1, 0.2), 0).From("section 2.2"),
            PaperClaim.Below("Less", Between(0.1, 0.2), 0)]).Html;

        Assert.Contains("<table class=\"urial-claims\">", html);
        Assert.Equal(3, html.Split("<tr>").Length - 1); // with the heading
        Assert.Contains("More &lt;b&gt;\n(the paper, section 2.2)", html);
        Assert.Contains("✗ differs", html);
    }

    [Fact]
    public void Answers_that_did_not_end_have_a_column_where_they_are_told_apart()
    {
        var view = Tables.Claims([PaperClaim.Above("More", BothWays.Of(Between(0.1, 0.2), Between(-0.1, 0.2, n: 19)), 0)]);

        Assert.Contains($">{ShareRow.EndedOnly}</th>", view.Html);
        Assert.Contains($"{ShareRow.EndedOnly} 0.050 [-0.100, 0.200] n=19", view.Text.Replace("\n    ", " "));
        Assert.StartsWith("? cannot tell: it depends on what did not end. More", view.Text);
    }

    [Fact]
    public void No_claims_are_no_table() => Assert.Throws<ArgumentException>(() => Tables.Claims([]));

    private static Estimate Between(double low, double high, int n = 20) => new((low + high) / 2, new Interval(low, high, 0.95), n);
}
