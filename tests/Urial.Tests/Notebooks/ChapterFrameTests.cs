using System.Text.RegularExpressions;
using Urial.Notebooks;

namespace Urial.Tests;

/// <summary>
/// What frames every chapter: the question, what will be seen and how long it takes; the box of findings; exercises, each under its text;
/// set-up that says so; links that lead somewhere.
/// </summary>
public sealed partial class ChapterFrameTests
{
    private const int MostWords = 90;

    public static TheoryData<string> Chapters => ChapterFormTests.Chapters;

    [Theory]
    [MemberData(nameof(Chapters))]
    public void A_chapter_begins_with_its_question_and_what_it_takes(string chapter)
    {
        var first = Load(chapter).Cells[0].Source;

        Assert.Matches(@"\n- \*\*The question:\*\* .+\?\n- \*\*What you will see:\*\* .+\.\n- \*\*How long it takes:\*\* .+\.\n", first);
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void A_box_of_findings_stands_before_the_exercises_and_gives_a_verdict_on_the_paper_where_it_is_quoted(string chapter)
    {
        var cells = Load(chapter).Cells;
        var box = Assert.Single(cells, cell => Text(cell).StartsWith("What this chapter found\nMain number. ", StringComparison.Ordinal));
        var exercises = cells.ToList().FindIndex(cell => cell.Kind == CellKind.Markdown && cell.Source.Contains("## Exercises"));

        Assert.True(cells.ToList().IndexOf(box) < exercises);
        Assert.Contains("\nCaveat. ", Text(box));
        Assert.Contains("\nA pair of your own. ", Text(box));
        if (cells.Any(cell => cell.Kind == CellKind.Markdown && Quotation().IsMatch(cell.Source)))
            Assert.Matches(@"\(the(\n    | )paper,", Text(box));
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Each_exercise_stands_right_below_its_text(string chapter)
    {
        var cells = Load(chapter).Cells;
        for (var i = 0; i < cells.Count; i++)
            if (cells[i].Kind == CellKind.Code && Exercise().Match(cells[i].Source) is { Success: true } exercise)
                Assert.Contains($"**{exercise.Groups[1].Value}.** ", cells[i - 1].Source);
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void A_cell_that_shows_nothing_says_that_it_sets_up(string chapter) =>
        Assert.All(Load(chapter).CodeCells.Where(cell => cell.Outputs.Count == 0), cell => Assert.Contains("// Set-up: ", cell.Source));

    [Theory]
    [MemberData(nameof(Chapters))]
    public void A_paragraph_can_be_read_in_one_breath(string chapter)
    {
        var wrong = Load(chapter).Cells.Where(cell => cell.Kind == CellKind.Markdown)
            .SelectMany(cell => cell.Source.Split("\n\n").Where(text => !text.StartsWith("- ", StringComparison.Ordinal))
                .Select(text => (cell.Id, Text: text, Words: text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length)))
            .Where(paragraph => paragraph.Words > MostWords)
            .Select(paragraph => $"{paragraph.Id}: {paragraph.Words} words, '{paragraph.Text[..60]}'");

        Assert.Empty(wrong); // split it, or draw it
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Links_lead_to_files_that_are_there(string chapter)
    {
        var folder = Repository.Path("notebooks");
        var dead = Load(chapter).Cells.Where(cell => cell.Kind == CellKind.Markdown)
            .SelectMany(cell => Link().Matches(cell.Source).Select(link => link.Groups[1].Value))
            .Where(target => !target.Contains("://") && !target.StartsWith('#'))
            .Where(target => !Path.Exists(Path.Combine(folder, target.Split('#')[0])));

        Assert.Empty(dead);
    }

    private static Notebook Load(string chapter) => Notebook.Load(Repository.Path("notebooks", chapter));

    private static string Text(NotebookCell cell) =>
        string.Join('\n', cell.Outputs.OfType<DisplayOutput>().Select(output => output.Text(MimeTypes.Text)));

    [GeneratedRegex(@"^> .*\((Section|Sections|Table|Figure|Repository) ?[\d.]*", RegexOptions.Multiline)]
    private static partial Regex Quotation();

    [GeneratedRegex("Check\\(\"Exercise (\\d+)\"")]
    private static partial Regex Exercise();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
