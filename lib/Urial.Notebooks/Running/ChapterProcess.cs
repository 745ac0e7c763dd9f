using System.Diagnostics;
using System.Text;

namespace Urial.Notebooks;

/// <summary>
/// Runs each notebook in a process of its own: a chapter starts from nothing, its memory goes back when it ends and can
/// be measured, and a crash of native code takes one chapter down and names it, instead of the whole run.
/// It costs about a second for each notebook.
/// </summary>
public sealed class ChapterProcess
{
    /// <summary>What a process may take to start and to end, on top of what its cells take.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private readonly string _program;
    private readonly IReadOnlyList<string> _arguments;
    private readonly TimeSpan _cellTimeout;

    /// <summary>A way to start chapters.</summary>
    /// <param name="program">The program to start.</param>
    /// <param name="arguments">Its arguments before the notebook's path; it has to call <see cref="ChapterWorker.RunAsync"/>.</param>
    /// <param name="cellTimeout">How long one cell may take.</param>
    public ChapterProcess(string program, IReadOnlyList<string> arguments, TimeSpan cellTimeout)
    {
        _program = program;
        _arguments = arguments;
        _cellTimeout = cellTimeout;
    }

    /// <summary>Runs one notebook.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="notebook">The notebook as read from it.</param>
    /// <param name="progress">Told of each cell as it begins and ends.</param>
    /// <param name="cancellation">Ends the process.</param>
    /// <returns>The chapter; a failed cell or a crash is its <see cref="Chapter.Failure"/>.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<Chapter> RunAsync(
        string path, Notebook notebook, Action<CellProgress>? progress = null, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        using var process = Start(path);
        var errors = CollectAsync(process.StandardError);
        var done = new Dictionary<string, NotebookCell>(StringComparer.Ordinal);
        var stray = new List<string>();
        WorkerMessage? last = null;
        var running = 0;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            patience.CancelAfter(_cellTimeout + Grace);
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                if (WorkerMessage.TryRead(line) is not { } message)
                {
                    stray.Add(line);
                    continue;
                }
                patience.CancelAfter(_cellTimeout + Grace);
                if (message.Cell == 0)
                {
                    last = message;
                    continue;
                }
                running = message.Cell;
                var cell = message.Done is { } json ? Notebook.Parse(json, path).Cells[0] : null;
                if (cell is not null)
                    done[cell.Id] = cell;
                progress?.Invoke(new CellProgress(message.Cell, message.Cells, cell));
            }
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            stray.Add("It stood still and was ended.");
        }

        var failure = last is not null ? last.Failure : Crash(notebook, running, process, [.. stray, .. await errors]);
        return new Chapter(path, notebook, Assemble(notebook, done, last is null ? failure : null), failure, clock.Elapsed, last?.PeakBytes);
    }

    private Process Start(string path)
    {
        var start = new ProcessStartInfo(_program)
        {
            WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(path)),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        foreach (var argument in _arguments)
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add(Path.GetFullPath(path));
        var process = Process.Start(start) ?? throw new UrialException($"{_program} could not be started for {path}.");
        return process; // its input stays open as long as we live: the worker ends when it closes
    }

    private static async Task<List<string>> CollectAsync(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { } line)
            lines.Add(line);
        return lines;
    }

    private static CellFailure Crash(Notebook notebook, int cell, Process process, List<string> said)
    {
        process.WaitForExit();
        var message = FormattableString.Invariant($"The notebook's process ended with exit code {process.ExitCode} before its last cell.");
        var words = string.Join('\n', said.TakeLast(15));
        return new CellFailure(notebook.Name, Math.Max(cell, 1), null, "ProcessEnded", words.Length > 0 ? $"{message} It said:\n{words}" : message);
    }

    /// <summary>The notebook from the cells that were reported, with the crash in the cell that did not end.</summary>
    private static Notebook Assemble(Notebook notebook, Dictionary<string, NotebookCell> done, CellFailure? crash)
    {
        var cells = new List<NotebookCell>();
        var number = 0;
        foreach (var cell in notebook.Cells)
        {
            number += cell.Kind == CellKind.Code ? 1 : 0;
            if (cell.Kind != CellKind.Code)
                cells.Add(cell);
            else if (number == crash?.Cell && !done.ContainsKey(cell.Id))
                cells.Add(cell.WithResults(number, [new ErrorOutput(crash.Name, crash.Message, [crash.Place, .. crash.Message.Split('\n')])]));
            else
                cells.Add(done.GetValueOrDefault(cell.Id) is { } finished ? cell.WithResults(finished.ExecutionCount, finished.Outputs) : cell.WithResults(null, []));
        }
        return new Notebook(notebook.Name, cells, notebook.Metadata);
    }
}
