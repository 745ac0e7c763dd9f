using Spectre.Console;
using Urial.Notebooks;

namespace Urial.Cli;

/// <summary>Progress as one bar for each chapter.</summary>
internal sealed class LiveRunProgress : IRunProgress
{
    private readonly IAnsiConsole _console;
    private readonly IReadOnlyList<ProgressTask> _tasks;
    private readonly IReadOnlyList<string> _names;

    public LiveRunProgress(IAnsiConsole console, ProgressContext context, IReadOnlyList<Notebook> notebooks)
    {
        _console = console;
        _names = [.. notebooks.Select(n => Markup.Escape(VisibleText.Of(Path.GetFileNameWithoutExtension(n.Name))))];
        _tasks = [.. notebooks.Select((n, i) => context.AddTask(_names[i], autoStart: false, maxValue: Math.Max(1, n.CodeCells.Count())))];
    }

    public void Begin(int chapter) => _tasks[chapter].StartTask();

    public void Cell(int chapter, CellProgress cell)
    {
        _tasks[chapter].Description = FormattableString.Invariant($"{_names[chapter]}  cell {cell.Cell} of {cell.Cells}");
        _tasks[chapter].Value = cell.Done is null ? cell.Cell - 1 : cell.Cell;
    }

    public void End(int chapter, Chapter result)
    {
        _tasks[chapter].Description = result.Failure is null
            ? $"{_names[chapter]}  {RunReport.Memory(result.PeakBytes)}"
            : $"[red]{_names[chapter]}  failed[/]";
        if (result.Failure is null)
            _tasks[chapter].Value = _tasks[chapter].MaxValue;
        _tasks[chapter].StopTask();
    }

    public void Note(int chapter, string text) => _console.MarkupLineInterpolated($"[yellow]NOTE:[/] {VisibleText.Of(text)}");
}
