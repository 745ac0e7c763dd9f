using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using Microsoft.DotNet.Interactive.Formatting;

namespace Urial.Notebooks;

/// <summary>
/// Runs a notebook's C# cells from the top, as the .NET Interactive kernel would: the same language version and default
/// usings, the notebook's folder as current folder, state kept from cell to cell, values shown through the same formatters.
/// </summary>
/// <remarks>
/// Console and current folder belong to the process, so one notebook runs at a time in it. State lives until the process
/// ends: <c>urial run</c> gives each chapter a process of its own (<see cref="ChapterProcess"/>).
/// </remarks>
public sealed class NotebookRunner
{
    /// <summary>The tag with which Jupyter marks a cell that is meant to fail.</summary>
    private const string MayFail = "raises-exception";

    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    /// <summary>C# 12, the last kernel's language: a newer construct would run here and nowhere else.</summary>
    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp12, kind: SourceCodeKind.Script);

    /// <summary>The kernel's own list, and no name more, for the same reason.</summary>
    private static readonly string[] Usings =
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"];

    private readonly TimeSpan _cellTimeout;

    /// <summary>A runner.</summary>
    /// <param name="cellTimeout">How long one cell may take; ten minutes where not given.</param>
    public NotebookRunner(TimeSpan? cellTimeout = null) => _cellTimeout = cellTimeout ?? TimeSpan.FromMinutes(10);

    /// <summary>Runs a notebook.</summary>
    /// <param name="notebook">The notebook; it is not changed.</param>
    /// <param name="folder">The folder its file lies in.</param>
    /// <param name="progress">Told of each code cell as it begins and ends.</param>
    /// <param name="cancellation">Ends the run between two cells, or at the running cell's next chance.</param>
    /// <returns>The executed notebook; an error in a cell is in it and in <see cref="NotebookRun.Failure"/>, not thrown.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<NotebookRun> RunAsync(
        Notebook notebook, string folder, Action<CellProgress>? progress = null, CancellationToken cancellation = default)
    {
        await OneAtATime.WaitAsync(cancellation);
        var home = Directory.GetCurrentDirectory();
        try
        {
            Directory.SetCurrentDirectory(folder);
            using var console = ConsoleCapture.Start();
            using var loader = new InteractiveAssemblyLoader();
            return await RunCellsAsync(notebook, new Session(notebook, Path.GetFullPath(folder), loader), progress, cancellation);
        }
        finally
        {
            Directory.SetCurrentDirectory(home);
            OneAtATime.Release();
        }
    }

    private async Task<NotebookRun> RunCellsAsync(
        Notebook notebook, Session session, Action<CellProgress>? progress, CancellationToken cancellation)
    {
        var cells = new List<NotebookCell>();
        CellFailure? failure = null;
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
            cancellation.ThrowIfCancellationRequested();
            progress?.Invoke(new CellProgress(number, count, null));
            var (outputs, failed) = await session.RunAsync(number, cell.Source, _cellTimeout, cancellation);
            cells.Add(cell.WithResults(number, outputs));
            progress?.Invoke(new CellProgress(number, count, cells[^1]));
            failure = cell.HasTag(MayFail) ? null : failed;
        }
        return new NotebookRun(new Notebook(notebook.Name, cells, notebook.Metadata), failure);
    }

    /// <summary>One notebook's state: the chain of its submissions.</summary>
    private sealed class Session(Notebook notebook, string folder, InteractiveAssemblyLoader loader)
    {
        private readonly CellErrors _errors = new(notebook.Name, folder, [.. notebook.CodeCells.Select(c => c.Source)]);
        private readonly ScriptOptions _options = ScriptOptions.Default
            .WithLanguageVersion(Language.LanguageVersion)
            .AddReferences(
                typeof(object).Assembly, typeof(Enumerable).Assembly, typeof(List<>).Assembly,
                typeof(Formatter).Assembly, typeof(CellGlobals).Assembly)
            .AddImports([.. Usings, typeof(CellGlobals).FullName!])
            .WithMetadataResolver(new HostReferences(folder, loader))
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8);
        private Script<object>? _script;
        private ScriptState<object>? _state;

        public async Task<(IReadOnlyList<CellOutput> Outputs, CellFailure? Failure)> RunAsync(
            int number, string source, TimeSpan timeout, CancellationToken cancellation)
        {
            var outputs = new CellOutputs();
            // A thread of its own pool turn: a cell that blocks cannot keep the clock from being watched.
            var running = Task.Run(() => ExecuteAsync(number, source, outputs, cancellation), cancellation);
            var first = await Task.WhenAny(running, Task.Delay(timeout, cancellation));
            cancellation.ThrowIfCancellationRequested();
            var (error, failure) = first == running ? await running : _errors.Thrown(number, new TimeoutException(
                FormattableString.Invariant($"The cell ran for more than {timeout.TotalSeconds:0.#} seconds and was given up.")));
            if (error is not null)
                outputs.Add(error);
            return (outputs.Close(), failure);
        }

        private async Task<(ErrorOutput? Error, CellFailure? Failure)> ExecuteAsync(
            int number, string source, CellOutputs outputs, CancellationToken cancellation)
        {
            CellOutputs.Current = outputs;
            var options = _options.WithFilePath(CellPlace.FileName(number));
            if (CellDirectives.Fault(CSharpSyntaxTree.ParseText(source, Language, cancellationToken: cancellation), folder) is { } fault)
                return _errors.Refusal(number, fault.Line, fault.Message);

            var script = _script is null
                ? CSharpScript.Create<object>(source, options, assemblyLoader: loader)
                : _script.ContinueWith<object>(source, options);
            var faults = script.Compile(cancellation).Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
            if (faults.Count > 0)
                return _errors.Compilation(number, [.. faults.OrderBy(f => f.Location.SourceSpan.Start)]);

            try
            {
                var state = _state is null
                    ? await script.RunAsync(globals: null, _ => true, cancellation)
                    : await script.RunFromAsync(_state, _ => true, cancellation);
                (_script, _state) = (script, state);
                if (state.Exception is { } exception)
                    return _errors.Thrown(number, exception);
                if (state.ReturnValue is { } value)
                    outputs.Add(OutputForms.Of(value, [], number));
                return (null, null);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                return _errors.Thrown(number, e); // a formatter's, or the loader's
            }
        }
    }
}
