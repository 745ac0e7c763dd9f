using System.Text.RegularExpressions;
using Urial.Notebooks;

namespace Urial.Tests;

/// <summary>The README's table of results: each number, claim and verdict is one that a chapter's box printed.</summary>
public sealed partial class ReadmeTests
{
    public static TheoryData<string> Rows =>
        [.. File.ReadLines(Repository.Path("README.md")).SkipWhile(line => line != "## Results at a glance")
            .Where(line => line.StartsWith("| [", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith('#')).Take(4)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_result_is_one_that_its_chapter_printed(string row)
    {
        var cells = row.Trim('|').Split('|', StringSplitOptions.TrimEntries);
        var (number, claim, verdict) = (Behind(cells[1]), Behind(cells[2]), cells[3]);
        var box = Box(Notebook.Load(Repository.Path(Link().Match(cells[0]).Groups[1].Value)));

        Assert.Matches(@"^-?[\d.]+ \S+ \[-?[\d.]+, -?[\d.]+\], n = \d+$", number);
        Assert.Contains($": {number}", box);
        Assert.Contains($"{verdict}. {claim} (", box);
        Assert.Equal(cells[2].StartsWith("ours: ", StringComparison.Ordinal), box.Contains($"{claim} (ours)"));
    }

    [Fact]
    public void There_are_four_results() => Assert.Equal(4, Rows.Count);

    // Lines of the box are wrapped at a width, anywhere: one line makes them comparable.
    private static string Box(Notebook chapter) => Space().Replace(
        chapter.CodeCells.SelectMany(cell => cell.Outputs.OfType<DisplayOutput>()).Select(output => output.Text(MimeTypes.Text) ?? "")
            .Single(text => text.StartsWith("What this chapter found", StringComparison.Ordinal)), " ");

    private static string Behind(string cell) => cell[(cell.IndexOf(": ", StringComparison.Ordinal) + 2)..];

    [GeneratedRegex(@"\((notebooks/[^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
