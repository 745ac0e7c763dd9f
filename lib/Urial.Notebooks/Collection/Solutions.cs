using System.Text.RegularExpressions;

namespace Urial.Notebooks;

/// <summary>
/// Worked solutions of the chapters' exercises, in one Markdown file: a heading <c>### 02, exercise 1</c>, words, and a block of C# that
/// declares what the exercise's cell declares as null. Each is run behind its chapter's cells, with the exercise's own check.
/// </summary>
public sealed partial class Solutions
{
    private const string Solved = "solved ✓";
    private const string Id = "solution-";

    private readonly string _file;
    private readonly IReadOnlyDictionary<(string Chapter, string Exercise), string> _code;

    private Solutions(string file, IReadOnlyDictionary<(string, string), string> code) => (_file, _code) = (file, code);

    /// <summary>Reads the file.</summary>
    /// <exception cref="UrialException">
    /// It is missing, two headings name one exercise, or there is no block of C# below a heading.
    /// </exception>
    public static Solutions Load(string path) => Parse(InputFile.Text(path, "file of solutions"), path);

    /// <summary>Reads the text of such a file; <paramref name="path"/> names it in errors.</summary>
    /// <inheritdoc cref="Load"/>
    public static Solutions Parse(string text, string path)
    {
        var code = new Dictionary<(string, string), string>();
        foreach (var section in Heading().Split(text.ReplaceLineEndings("\n")).Skip(1).Chunk(3))
        {
            var (chapter, exercise) = (section[0], $"Exercise {section[1]}");
            if (Block().Match(section[2]) is not { Success: true } block)
                throw new UrialException($"{path}: below '### {chapter}, exercise {section[1]}' there is no block that begins with "
                    + "```csharp: write the solution there.");
            if (!code.TryAdd((chapter, exercise), block.Groups[1].Value))
                throw new UrialException($"{path}: '### {chapter}, exercise {section[1]}' stands there twice: keep one.");
        }
        return new Solutions(path, code);
    }

    /// <summary>What does not fit together in some notebooks: exercises without a solution, solutions without an exercise.</summary>
    public IReadOnlyList<string> Gaps(IReadOnlyList<Notebook> notebooks)
    {
        var asked = notebooks.SelectMany(notebook => Exercises(notebook).Select(exercise => (Number(notebook), exercise.Name)));
        return
        [
            .. notebooks.SelectMany(Missing),
            .. _code.Keys.Except(asked).Order().Select(gap => $"{gap.Item1}, {gap.Item2}: a solution, and no such exercise"),
        ];
    }

    /// <summary>The notebook with its exercises once more at its end, solved.</summary>
    internal Notebook Append(Notebook notebook)
    {
        var solved = Exercises(notebook).Where(exercise => _code.ContainsKey((Number(notebook), exercise.Name))).Select(
            (exercise, i) => new NotebookCell(CellKind.Code, FormattableString.Invariant($"{Id}{i + 1}"),
                $"{_code[(Number(notebook), exercise.Name)]}\n{WithoutAnswer(exercise.Cell.Source)}",
                new System.Text.Json.Nodes.JsonObject { ["tags"] = new System.Text.Json.Nodes.JsonArray(NotebookRunner.MayFail) }));
        return new Notebook(notebook.Name, [.. notebook.Cells, .. solved], notebook.Metadata);
    }

    /// <summary>The chapter without the cells that <see cref="Append"/> added, and with what did not solve its exercise.</summary>
    /// <param name="chapter">The chapter after its run, with those cells.</param>
    /// <param name="committed">The notebook without them.</param>
    internal Chapter Judge(Chapter chapter, Notebook committed)
    {
        var executed = chapter.Executed.Cells;
        var unsolved = chapter.Failure is not null ? [] : executed.Skip(committed.Cells.Count).Where(cell => !Text(cell).Contains(Solved))
            .Select(cell => $"{Number(committed)}, {Name(cell.Source)}: {Text(cell).Trim()}").ToList();
        return chapter with
        {
            Committed = committed,
            Executed = new Notebook(committed.Name, [.. executed.Take(committed.Cells.Count)], chapter.Executed.Metadata),
            Unsolved = [.. Missing(committed), .. unsolved],
        };
    }

    private IEnumerable<string> Missing(Notebook notebook) =>
        Exercises(notebook).Where(exercise => !_code.ContainsKey((Number(notebook), exercise.Name)))
            .Select(exercise => $"{Number(notebook)}, {exercise.Name}: no solution in {_file}");

    private static IEnumerable<(string Name, NotebookCell Cell)> Exercises(Notebook notebook) =>
        notebook.CodeCells.Where(cell => Question().IsMatch(cell.Source)).Select(cell => (Name(cell.Source), cell));

    private static string Name(string source) => Question().Match(source).Groups[1].Value;

    private static string Number(Notebook notebook) => notebook.Name.Split('-')[0];

    // The reader's line is the first, and declares the answer as null: the solution declares it in its place.
    private static string WithoutAnswer(string source) => source[(source.IndexOf('\n') + 1)..];

    private static string Text(NotebookCell cell) => string.Join('\n', cell.Outputs.Select(output => output switch
    {
        StreamOutput stream => stream.Text,
        DisplayOutput display => display.Text(MimeTypes.Text),
        ErrorOutput error => $"{error.Name}: {error.Message}",
        _ => "",
    }));

    [GeneratedRegex("^### (\\w+), exercise (\\d+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```csharp\n(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("Check\\(\"(Exercise \\d+)\"")]
    private static partial Regex Question();
}
