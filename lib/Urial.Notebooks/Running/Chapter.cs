using System.Diagnostics;

namespace Urial.Notebooks;

/// <summary>One notebook after its run.</summary>
/// <param name="Path">The notebook's file.</param>
/// <param name="Committed">The notebook as it was read.</param>
/// <param name="Executed">The notebook with fresh outputs.</param>
/// <param name="Failure">What stopped it, or null.</param>
/// <param name="Elapsed">Wall-clock time, start of the process included.</param>
/// <param name="PeakBytes">The most memory its process held at once; null where it died before it could tell.</param>
public sealed record Chapter(string Path, Notebook Committed, Notebook Executed, CellFailure? Failure, TimeSpan Elapsed, long? PeakBytes)
{
    /// <summary>The file's name without extension, which names the chapter's page.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Exercises that their worked solutions do not solve, with what the check said; empty where no solutions were run.</summary>
    public IReadOnlyList<string> Unsolved { get; init; } = [];

    /// <summary>Runs a chapter.</summary>
    /// <param name="runner">How.</param>
    /// <param name="path">Its file.</param>
    /// <param name="notebook">The notebook as read from it.</param>
    /// <param name="progress">Told of each cell as it begins and ends.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>The chapter; a failed cell or a crash is its <see cref="Failure"/>.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="UrialException">The kernel cannot be started here.</exception>
    public static async Task<Chapter> RunAsync(
        NotebookRunner runner, string path, Notebook notebook, Action<CellProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        var run = await runner.RunAsync(notebook, folder, progress, cancellation);
        return new Chapter(path, notebook, run.Executed, run.Failure, clock.Elapsed, run.PeakBytes);
    }
}
