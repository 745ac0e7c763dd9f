namespace Urial.Tests;

/// <summary>The table of claims: each with its border, its measurement and a verdict that is a sign and a word.</summary>
public sealed class ClaimsTableTests
{
    [Fact]
    public void Each_claim_is_a_row_with_its_verdict()
    {
        var text = Tables.Claims([PaperClaim.Above("More", Between(0.1, 0.2), 0), PaperClaim.Below("Less", Between(0.1, 0.2), 0),
            PaperClaim.Above("Perhaps", Between(-0.1, 0.2), 0)], "Found").Text;

        Assert.StartsWith("Found\nclaim", text);
        Assert.Matches("More +above 0 +0\\.150 .*✓ agrees", Line(text, "More"));
        Assert.Matches("Less +below 0 .*✗ differs", Line(text, "Less"));
        Assert.Contains("? cannot tell", Line(text, "Perhaps"));
        Assert.Contains("[0.100, 0.200]", text);
        Assert.DoesNotContain(ShareRow.EndedOnly, text);
    }

    [Fact]
    public void Answers_that_did_not_end_have_a_column_where_they_are_told_apart()
    {
        var text = Tables.Claims([PaperClaim.Above("More", BothWays.Of(Between(0.1, 0.2), Between(-0.1, 0.2, n: 19)), 0)]).Text;

        Assert.Contains(ShareRow.EndedOnly, text);
        Assert.Contains("n=19", text);
        Assert.Contains("it depends on what", text);
    }

    [Fact]
    public void No_claims_are_no_table() => Assert.Throws<ArgumentException>(() => Tables.Claims([]));

    private static string Line(string text, string start) =>
        text.Split('\n').First(line => line.StartsWith(start, StringComparison.Ordinal));

    private static Estimate Between(double low, double high, int n = 20) => new((low + high) / 2, new Interval(low, high, 0.95), n);
}
