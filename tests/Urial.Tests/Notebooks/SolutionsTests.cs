using Urial.Notebooks;

namespace Urial.Tests;

/// <summary>Worked solutions: each exercise has one, and each is held to the exercise's own check.</summary>
public sealed class SolutionsTests : IDisposable
{
    private const string Exercise = "int? largest = null;\n"
        + "Check(\"Exercise 1\", largest, n => n == 7, \"Look again.\")";

    private readonly string _folder = Directory.CreateTempSubdirectory("urial-solutions-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_exercise_of_the_collection_has_its_solution_and_no_solution_stands_alone() =>
        Assert.Empty(Solutions.Load(Repository.Path("notebooks", "SOLUTIONS.md"))
            .Gaps([.. CollectionFiles.Find([]).Select(Notebook.Load)]));

    [Theory]
    [InlineData("var largest = (int?)7;", null)]
    [InlineData("var largest = (int?)8;", "99, Exercise 1: Exercise 1: not yet. Look again.")]
    [InlineData("int? largest = null;", "99, Exercise 1: Exercise 1: waiting for your answer.")]
    [InlineData("int? largest = int.Parse(\"x\");",
        "99, Exercise 1: FormatException: The input string 'x' was not in a correct format.")]
    public async Task A_solution_is_held_to_the_check_of_its_exercise(string solution, string? unsolved)
    {
        var chapter = (await RunAsync($"### 99, exercise 1\n\nCount.\n\n```csharp\n{solution}\n```\n")).Chapters[0];

        Assert.Null(chapter.Failure);
        Assert.Equal(unsolved is null ? [] : [unsolved], chapter.Unsolved);
        Assert.Equal(2, chapter.Executed.Cells.Count); // the solutions are not part of what is saved
        Assert.Contains("waiting for your answer", ((DisplayOutput)chapter.Executed.Cells[1].Outputs[0]).Text(MimeTypes.Text));
    }

    [Fact]
    public async Task An_exercise_without_a_solution_is_told() =>
        Assert.Contains("99, Exercise 1: no solution", Assert.Single((await RunAsync("# Solutions\n")).Unsolved));

    [Theory]
    [InlineData("### 02, exercise 1\n\nwords\n", "no block that begins with ```csharp")]
    [InlineData("### 02, exercise 1\n```csharp\nx\n```\n### 02, exercise 1\n```csharp\nx\n```\n", "stands there twice")]
    public void A_file_that_cannot_be_meant_is_refused(string text, string fault)
    {
        var error = Assert.Throws<UrialException>(() => Solutions.Parse(text, "SOLUTIONS.md"));

        Assert.StartsWith("SOLUTIONS.md: ", error.Message);
        Assert.Contains(fault, error.Message);
    }

    private async Task<CollectionResult> RunAsync(string solutions)
    {
        var path = Path.Combine(_folder, Cells.File);
        var library = Repository.Path("lib", "bin", "Urial.dll");
        Cells.Code($"#r \"{library}\"\nusing static Urial.Checks;", Exercise).Save(path);
        return await new CollectionRun([path], Path.Combine(_folder, "out")) { Solutions = Solutions.Parse(solutions, "SOLUTIONS.md") }
            .ExecuteAsync(TimeSpan.FromMinutes(2), 1, new Silence());
    }

    private sealed class Silence : IRunProgress
    {
        public void Begin(int chapter) { }

        public void Cell(int chapter, CellProgress cell) { }

        public void End(int chapter, Chapter result) { }

        public void Note(int chapter, string text) { }
    }
}
