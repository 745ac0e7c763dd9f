using System.Diagnostics;

namespace Urial.Notebooks;

/// <summary>Runs notebooks one after another, fills their charts' pictures in, and writes the gallery of their pages.</summary>
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
        if (paths.FirstOrDefault(path => Path.GetDirectoryName(path) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))) is { } inside)
            throw new UrialException(
                $"--out {folder} is the folder of {Path.GetFileName(inside)}, which would be overwritten: choose another, or use --in-place.");
        _folder = folder;
        _notebooks = [.. paths.Select(path => (path, Notebook.Load(path)))];
    }

    /// <summary>The notebooks as they were read.</summary>
    public IReadOnlyList<Notebook> Notebooks => [.. _notebooks.Select(pair => pair.Notebook)];

    /// <summary>Runs all of them; one that fails does not stop the others.</summary>
    /// <param name="cellTimeout">How long one cell may take.</param>
    /// <param name="progress">Told of each chapter and cell.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="UrialException">The kernel cannot be started here, or the gallery cannot be written.</exception>
    public async Task<CollectionResult> ExecuteAsync(TimeSpan cellTimeout, IRunProgress progress, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var runner = new NotebookRunner(cellTimeout);
        await using var browser = new ChromiumPictures();
        var pictures = new FigurePictures(browser);
        var chapters = new List<Chapter>();
        var toldObstacle = false;
        foreach (var (path, notebook) in _notebooks)
        {
            var place = chapters.Count;
            progress.Begin(place);
            var chapter = await Chapter.RunAsync(runner, path, notebook, cell => progress.Cell(place, cell), cancellation);
            var (executed, missing, refused) = await pictures.FillAsync(chapter.Executed, notebook, cancellation);
            chapters.Add(chapter with { Executed = executed, Failure = chapter.Failure ?? refused });
            progress.End(place, chapters[place]);
            if (browser.Obstacle is { } obstacle && !toldObstacle)
                progress.Note(obstacle);
            toldObstacle |= browser.Obstacle is not null;
            if (missing > 0)
                progress.Note(FormattableString.Invariant($"{notebook.Name}: {missing} charts are new or have changed and ")
                    + "are saved WITHOUT a picture, which hosts without script cannot show.");
        }
        if (!toldObstacle && chapters.Any(HasFigures) && !ChartPictures.Available(out var why))
            progress.Note($"{why} All charts are as committed and kept theirs.");
        return new CollectionResult(chapters, Gallery.Write(_folder, chapters), clock.Elapsed);
    }

    private static bool HasFigures(Chapter chapter) =>
        chapter.Executed.CodeCells.Any(cell => cell.Outputs.OfType<DisplayOutput>().Any(d => d.Data.ContainsKey(MimeTypes.Plotly)));
}
