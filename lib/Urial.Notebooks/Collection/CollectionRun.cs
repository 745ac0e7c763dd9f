using System.Diagnostics;

namespace Urial.Notebooks;

/// <summary>Runs notebooks, some side by side, fills their charts' pictures in, and writes the gallery of their pages.</summary>
public sealed class CollectionRun
{
    private readonly IReadOnlyList<(string Path, Notebook Notebook)> _notebooks;
    private readonly string _folder;

    /// <summary>Reads the notebooks: all of them can be read, or none is run.</summary>
    /// <param name="paths">Their files.</param>
    /// <param name="folder">Where gallery and executed notebooks are written.</param>
    /// <exception cref="UrialException">A notebook cannot be read, or stands in the gallery's folder and would be overwritten.</exception>
    public CollectionRun(IReadOnlyList<string> paths, string folder)
    {
        if (paths.FirstOrDefault(
            path => Path.GetDirectoryName(path) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))) is { } inside)
            throw new UrialException(
                $"--out {folder} is the folder of {Path.GetFileName(inside)}, which would be overwritten: choose another, or use "
                    + "--in-place.");
        _folder = folder;
        _notebooks = [.. paths.Select(path => (path, Notebook.Load(path)))];
    }

    /// <summary>Worked solutions that are run behind each chapter's cells; null for none.</summary>
    public Solutions? Solutions { get; init; }

    /// <summary>The notebooks as they were read.</summary>
    public IReadOnlyList<Notebook> Notebooks => [.. _notebooks.Select(pair => pair.Notebook)];

    /// <summary>As many side by side as there are processors, and 2 GB of free memory for each: twice what a chapter takes.</summary>
    public static int UsualJobs() =>
        (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (2L << 30), 1, Environment.ProcessorCount);

    /// <summary>Runs all of them; one that fails does not stop the others.</summary>
    /// <param name="cellTimeout">How long one cell may take.</param>
    /// <param name="jobs">How many run side by side, each with its part of the processors.</param>
    /// <param name="progress">Told of each chapter and cell; of one thing at a time, but of several chapters in turn.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="UrialException">The kernel cannot be started here, or the gallery cannot be written.</exception>
    public async Task<CollectionResult> ExecuteAsync(
        TimeSpan cellTimeout, int jobs, IRunProgress progress, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        jobs = Math.Min(jobs, Math.Max(1, _notebooks.Count));
        using var scores = new ScratchFolder("urial-scores-");
        var runner = new NotebookRunner(cellTimeout, Math.Max(1, Environment.ProcessorCount / jobs)) { SharedScores = scores.Path };
        await using var browser = new ChromiumPictures();
        var pictures = new FigurePictures(browser);
        var chapters = new Chapter[_notebooks.Count];
        using var drawing = new SemaphoreSlim(1, 1); // one browser
        var told = new Lock();
        var toldObstacle = false;
        await Parallel.ForAsync(0, chapters.Length, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation },
            async (place, stop) =>
        {
            var (path, notebook) = _notebooks[place];
            Tell(() => progress.Begin(place));
            var chapter = await Chapter.RunAsync(runner, path, Solutions?.Append(notebook) ?? notebook,
                cell => Tell(() => progress.Cell(place, cell)), stop);
            chapter = Solutions?.Judge(chapter, notebook) ?? chapter;
            await drawing.WaitAsync(stop);
            int missing;
            try
            {
                (var executed, missing, var refused) = await pictures.FillAsync(chapter.Executed, notebook, stop);
                chapters[place] = chapter with { Executed = executed, Failure = chapter.Failure ?? refused };
            }
            finally
            {
                drawing.Release();
            }
            Tell(() =>
            {
                if (browser.Obstacle is { } obstacle && !toldObstacle)
                    progress.Note(place, obstacle);
                toldObstacle |= browser.Obstacle is not null;
                if (missing > 0)
                    progress.Note(place, FormattableString.Invariant($"{notebook.Name}: {missing} charts are new or have changed and ")
                        + "are saved WITHOUT a picture, which hosts without script cannot show.");
                progress.End(place, chapters[place]);
            });
        });
        if (!toldObstacle && chapters.Any(HasFigures) && !ChartPictures.Available(out var why))
            progress.Note(chapters.Length - 1, $"{why} All charts are as committed and kept theirs.");
        return new CollectionResult(chapters, Gallery.Write(_folder, chapters), clock.Elapsed);

        void Tell(Action what)
        {
            lock (told)
                what();
        }
    }

    private static bool HasFigures(Chapter chapter) =>
        chapter.Executed.CodeCells.Any(cell => cell.Outputs.OfType<DisplayOutput>().Any(d => d.Data.ContainsKey(MimeTypes.Plotly)));
}
