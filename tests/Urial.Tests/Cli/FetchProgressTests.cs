using Urial.Cli;

namespace Urial.Tests.Cli;

/// <summary>A download's progress as lines, where there is no terminal.</summary>
public sealed class FetchProgressTests
{
    [Fact]
    public void A_large_file_has_ten_lines_and_a_small_one_its_end()
    {
        using var output = new StringWriter();
        var tell = FetchProgress.Lines(output);

        tell(new HubProgress("small", 0, 10, 0, 2_000_010));
        tell(new HubProgress("small", 10, 10, 10, 2_000_010));
        tell(new HubProgress(null, 0, null, 10, 2_000_010, "a note"));
        for (var done = 0; done <= 2_000_000; done += 10_000)
            tell(new HubProgress("large", done, 2_000_000, done + 10, 2_000_010));
        tell(new HubProgress("large", 2_000_000, 2_000_000, 2_000_010, 2_000_010));

        var lines = output.ToString().TrimEnd().Split(output.NewLine);
        Assert.Equal(["small  10 B of 10 B; together 10 B of 2 MB", "a note", "large  0 B of 2 MB; together 10 B of 2 MB"], lines[..3]);
        Assert.Equal(2 + 11, lines.Length);
        Assert.Equal("large  2 MB of 2 MB; together 2 MB of 2 MB", lines[^1]);
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(426_000, "426 kB")]
    [InlineData(1_500_000, "1.5 MB")]
    [InlineData(13_480_000_000, "13.48 GB")]
    public void Bytes_have_decimal_units(long bytes, string words) => Assert.Equal(words, FetchProgress.Bytes(bytes));
}
