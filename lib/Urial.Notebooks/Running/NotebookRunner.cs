namespace Urial.Notebooks;

/// <summary>
/// Runs a notebook's C# cells from the top in the .NET Interactive kernel, in a process of its own, with the notebook's folder as
/// current folder: what a reader's VS Code or Jupyter does.
/// </summary>
public sealed class NotebookRunner
{
    /// <summary>The tag with which Jupyter marks a cell that is meant to fail.</summary>
    internal const string MayFail = "raises-exception";

    private readonly TimeSpan _cellTimeout;

    private readonly int? _processors;

    /// <summary>A runner.</summary>
    /// <param name="cellTimeout">How long one cell may take; ten minutes where not given.</param>
    /// <param name="processors">How many processors a notebook's process takes itself to have; all where not given.</param>
    public NotebookRunner(TimeSpan? cellTimeout = null, int? processors = null) =>
        (_cellTimeout, _processors) = (cellTimeout ?? TimeSpan.FromMinutes(10), processors);

    /// <summary>The folder that notebooks share scored answers through; null where each scores all that it needs.</summary>
    public string? SharedScores { get; init; }

    /// <summary>Another host than the one that was built beside this library.</summary>
    internal string? Host { get; init; }

    /// <summary>Runs a notebook.</summary>
    /// <param name="notebook">The notebook; it is not changed.</param>
    /// <param name="folder">The folder its file lies in.</param>
    /// <param name="progress">Told of each code cell as it begins and ends.</param>
    /// <param name="cancellation">Ends the run and its process.</param>
    /// <returns>The executed notebook; an error in a cell is in it and in <see cref="NotebookRun.Failure"/>, not thrown.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="UrialException">The kernel cannot be started here.</exception>
    public async Task<NotebookRun> RunAsync(
        Notebook notebook, string folder, Action<CellProgress>? progress = null, CancellationToken cancellation = default)
    {
        folder = Path.GetFullPath(folder);
        var errors = new CellErrors(notebook.Name, folder, [.. notebook.CodeCells.Select(c => c.Source)]);
        await using var host = await KernelHost.StartAsync(folder, Host, _processors, SharedScores, cancellation);
        var cells = new List<NotebookCell>();
        CellFailure? failure = null;
        long? peak = null;
        var (number, count) = (0, notebook.CodeCells.Count());
        foreach (var cell in notebook.Cells)
        {
            if (cell.Kind != CellKind.Code)
            {
                cells.Add(cell);
                continue;
            }
            number++;
            if (failure is not null || string.IsNullOrWhiteSpace(cell.Source))
            {
                cells.Add(cell.WithResults(null, []));
                continue;
            }
            progress?.Invoke(new CellProgress(number, count, null));
            var results = new CellResults(number, errors);
            var ended = CellDirectives.Fault(cell.Source, folder) is { } fault
                ? Refuse(results, errors.Refusal(number, fault.Line, fault.Message))
                : await RunCellAsync(host, number, cell.Source, results, errors, cancellation);
            peak = ended ?? peak;
            cells.Add(cell.WithResults(number, results.Outputs()));
            progress?.Invoke(new CellProgress(number, count, cells[^1]));
            // A process that has died takes no further cell, whatever the tags say.
            failure = cell.HasTag(MayFail) && ended is not null ? null : results.Failure;
        }
        return new NotebookRun(new Notebook(notebook.Name, cells, notebook.Metadata), failure, peak);
    }

    private static long? Refuse(CellResults results, (ErrorOutput, CellFailure) refusal)
    {
        results.Fail(refusal);
        return null;
    }

    /// <summary>Runs one cell; returns the most memory the process held so far, or null where the process is no more.</summary>
    private async Task<long?> RunCellAsync(
        KernelHost host, int number, string source, CellResults results, CellErrors errors, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_cellTimeout);
        try
        {
            host.Run(number, source);
            while (await host.Messages.WaitToReadAsync(patience.Token))
                while (host.Messages.TryRead(out var message))
                {
                    patience.Token.ThrowIfCancellationRequested();
                    if (message.Kind == HostMessageKind.Done && message.Cell == number)
                        return long.Parse(message.Texts[0], System.Globalization.CultureInfo.InvariantCulture);
                    if (message.Cell == number)
                        results.Add(message);
                }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            results.Fail(errors.Ended(number, nameof(TimeoutException),
                FormattableString.Invariant($"The cell ran for more than {_cellTimeout.TotalSeconds:0.#} seconds and was given up.")));
            return null;
        }
        catch (IOException)
        {
            // The process died between two cells: said below.
        }
        // The channel has ended without the cell's end: a cell whose report did not arrive is no cell without output.
        results.Fail(errors.Ended(number, "ProcessEnded", CellText.Of(await host.ObituaryAsync())));
        return null;
    }
}
