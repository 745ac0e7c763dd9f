using System.Diagnostics;
using Urial.Notebooks;

namespace Urial.Cli;

/// <summary>One call of <c>urial run</c>.</summary>
internal sealed class RunSession
{
    /// <summary>Exit code for a chapter that failed or says something else than committed.</summary>
    private const int Failed = 1;

    private const int ShownDifferences = 20;

    public required IReadOnlyList<string> Notebooks { get; init; }

    public required string Folder { get; init; }

    public required bool Check { get; init; }

    public required bool InPlace { get; init; }

    public required TimeSpan CellTimeout { get; init; }

    public required TextWriter Output { get; init; }

    /// <summary>The notebooks that the arguments mean: paths, or how the names of chapters begin.</summary>
    /// <exception cref="UrialException">An argument means no notebook, or there are none at all.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> arguments)
    {
        var folder = Repository.Path("notebooks");
        string[] chapters = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.ipynb").Order(StringComparer.Ordinal)] : [];
        if (arguments.Count == 0)
            return chapters.Length > 0 ? chapters : throw new UrialException($"There is no notebook in {folder}: name the ones to run.");
        var found = new List<string>();
        foreach (var argument in arguments)
        {
            string[] meant = File.Exists(argument)
                ? [Path.GetFullPath(argument)]
                : [.. chapters.Where(c => Path.GetFileName(c).StartsWith(argument, StringComparison.OrdinalIgnoreCase))];
            if (meant.Length == 0)
                throw new UrialException($"'{argument}' is neither a file nor the beginning of a chapter's name in notebooks/: give a path, or a number such as 02.");
            found.AddRange(meant.Except(found));
        }
        if (found.GroupBy(path => Path.GetFileName(path)).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new UrialException($"{twice.Key} is given from {twice.Count()} folders, and its page can hold one: run them one at a time.");
        return found;
    }

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        if (Notebooks.FirstOrDefault(n => Path.GetDirectoryName(n) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder))) is { } inside)
            throw new UrialException($"--out {Folder} is the folder of {Path.GetFileName(inside)}, which would be overwritten: choose another, or use --in-place.");
        var notebooks = Notebooks.Select(path => (Path: path, Notebook: Notebook.Load(path))).ToList(); // all readable, or none is run
        var clock = Stopwatch.StartNew();
        var chapters = await RunProgress.ShowAsync(Output, notebooks.Select(n => n.Notebook).ToList(), progress => RunAllAsync(notebooks, progress, cancellation));
        var index = Gallery.Write(Folder, chapters);

        var failed = chapters.Where(c => c.Failure is not null).ToList();
        foreach (var chapter in failed)
            Print(chapter.Executed, chapter.Failure!);
        if (InPlace)
            foreach (var chapter in chapters.Except(failed))
                chapter.Executed.Save(chapter.Path);
        var differing = Check ? chapters.Except(failed).Count(Differs) : 0;

        Output.WriteLine(Invariant($"{chapters.Count - failed.Count} of {chapters.Count} chapters ran to their end in {clock.Elapsed.TotalSeconds:0} s; the most memory one held was {Memory(chapters.Max(c => c.PeakBytes))}."));
        if (Check && differing + failed.Count == 0)
            Output.WriteLine("All outputs say what the committed ones say.");
        Output.WriteLine($"Gallery: {Path.GetRelativePath(Directory.GetCurrentDirectory(), index)}");
        return failed.Count + differing > 0 ? Failed : 0;
    }

    internal static string Memory(long? bytes) => bytes is { } n ? Invariant($"{n / 1048576.0:0} MB") : "unknown";

    private async Task<IReadOnlyList<Chapter>> RunAllAsync(
        IReadOnlyList<(string Path, Notebook Notebook)> notebooks, IRunProgress progress, CancellationToken cancellation)
    {
        var runner = new NotebookRunner(CellTimeout);
        await using var browser = new ChromiumPictures();
        var pictures = new FigurePictures(browser);
        var chapters = new List<Chapter>();
        var (missing, toldObstacle) = (0, false);
        foreach (var ((path, notebook), i) in notebooks.Select((n, i) => (n, i)))
        {
            progress.Begin(i);
            var chapter = await Chapter.RunAsync(runner, path, notebook, cell => progress.Cell(i, cell), cancellation);
            (var executed, missing, var refused) = await pictures.FillAsync(chapter.Executed, notebook, cancellation);
            chapter = chapter with { Executed = executed, Failure = chapter.Failure ?? refused };
            chapters.Add(chapter);
            progress.End(i, chapter);
            if (browser.Obstacle is { } obstacle && !toldObstacle)
                progress.Note(obstacle);
            toldObstacle |= browser.Obstacle is not null;
            if (missing > 0)
                progress.Note(Invariant($"{notebook.Name}: {missing} charts are new or have changed and are saved WITHOUT a picture, which hosts without script cannot show."));
        }
        if (!toldObstacle && chapters.Any(HasFigures) && !ChartPictures.Available(out var why))
            progress.Note($"{why} All charts are as committed and kept theirs.");
        return chapters;
    }

    private static bool HasFigures(Chapter chapter) =>
        chapter.Executed.CodeCells.Any(cell => cell.Outputs.OfType<DisplayOutput>().Any(d => d.Data.ContainsKey(MimeTypes.Plotly)));

    private bool Differs(Chapter chapter)
    {
        var differences = NotebookComparison.Compare(chapter.Committed, chapter.Executed);
        foreach (var difference in differences.Take(ShownDifferences))
            Output.WriteLine(difference);
        if (differences.Count > ShownDifferences)
            Output.WriteLine(Invariant($"… and {differences.Count - ShownDifferences} more in {chapter.Committed.Name}."));
        return differences.Count > 0;
    }

    private void Print(Notebook notebook, CellFailure failure)
    {
        Output.WriteLine($"FAILED {failure.Place}");
        var error = notebook.CodeCells.ElementAtOrDefault(failure.Cell - 1)?.Outputs.OfType<ErrorOutput>().LastOrDefault();
        foreach (var line in error?.Traceback ?? [$"{failure.Name}: {failure.Message}"])
            Output.WriteLine($"  {line.ReplaceLineEndings("\n  ")}");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
