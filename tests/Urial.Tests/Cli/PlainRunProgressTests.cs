using Urial.Cli;
using Urial.Notebooks;

namespace Urial.Tests.Cli;

/// <summary>Chapters run side by side, and their lines stand as if they had run one after another.</summary>
public sealed class PlainRunProgressTests
{
    [Fact]
    public void Lines_of_a_later_chapter_wait_for_the_earlier_ones()
    {
        var output = new StringWriter();
        Notebook[] notebooks = [Cells.Code("1"), Cells.Code("2"), Cells.Code("3")];
        var progress = new PlainRunProgress(output, notebooks);

        progress.Begin(0);
        progress.Begin(1);
        progress.Note(1, "of the second");
        progress.End(1, Ended(notebooks[1], "two"));
        progress.Begin(2);
        Assert.DoesNotContain("second", output.ToString());
        progress.Note(0, "of the first");
        progress.End(0, Ended(notebooks[0], "one"));
        progress.Note(2, "of the third");
        progress.End(2, Ended(notebooks[2], "three"));

        string[] marks = ["[1/3]", "first", "one", "[2/3]", "second", "two", "[3/3]", "third", "three"];
        var text = output.ToString();
        Assert.Equal(marks.Length, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(marks, marks.OrderBy(mark => text.IndexOf(mark, StringComparison.Ordinal)));
        Assert.All(marks, mark => Assert.Contains(mark, text));
    }

    private static Chapter Ended(Notebook notebook, string name) => new(name + ".ipynb", notebook, notebook, null, TimeSpan.Zero, 1);
}
