using System.Diagnostics;
using Urial.Notebooks;

namespace Urial.Cli;

/// <summary>Progress as lines, for logs: chapter, cell, elapsed.</summary>
internal sealed class PlainRunProgress(TextWriter output, IReadOnlyList<Notebook> notebooks) : IRunProgress
{
    private readonly Stopwatch _clock = new();

    public void Begin(int chapter)
    {
        _clock.Restart();
        output.WriteLine(FormattableString.Invariant($"[{chapter + 1}/{notebooks.Count}] {Path.GetFileNameWithoutExtension(notebooks[chapter].Name)}"));
    }

    public void Cell(int chapter, CellProgress cell)
    {
        if (cell.Done is null)
            output.WriteLine(FormattableString.Invariant($"  cell {cell.Cell} of {cell.Cells}  {_clock.Elapsed.TotalSeconds:0.0} s"));
    }

    public void End(int chapter, Chapter result) => output.WriteLine(RunProgress.Summary(result));

    public void Note(string text) => output.WriteLine($"NOTE: {text}");
}
