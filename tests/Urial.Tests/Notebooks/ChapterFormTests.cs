using Urial.Notebooks;

namespace Urial.Tests;

public sealed class ChapterFormTests
{
    private const int MostColumns = 120;
    private const int MostLines = 10;

    public static TheoryData<string> Chapters =>
        [.. Directory.GetFiles(Repository.Path("notebooks"), "*.ipynb")
            .Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Chapters))]
    public void A_cell_can_be_read_at_a_glance(string chapter)
    {
        var wrong = Notebook.Load(Repository.Path("notebooks", chapter)).CodeCells
            .Select(cell => (cell.Id, Lines: cell.Source.Split('\n')))
            .Where(cell => cell.Lines.Length > MostLines || cell.Lines.Any(line => line.Length > MostColumns))
            .Select(cell => $"{cell.Id}: {cell.Lines.Length} lines of at most {cell.Lines.Max(line => line.Length)} columns, from "
                + $"'{cell.Lines[0]}'");

        Assert.Empty(wrong); // split it, or give what is mechanical in it a name in the library
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void A_chapter_has_more_prose_than_code(string chapter)
    {
        var cells = Notebook.Load(Repository.Path("notebooks", chapter)).Cells.ToLookup(cell => cell.Kind, cell => cell.Source.Length);

        Assert.InRange(cells[CellKind.Code].Sum(), 1, cells[CellKind.Markdown].Sum() - 1);
    }
}
