using System.Diagnostics;
using Urial.Notebooks;

namespace Urial.Cli;

/// <summary>
/// Progress as lines, for logs: chapter, cell, elapsed. Chapters may run side by side; their lines stand together and in order, so
/// that those of a later chapter wait until the earlier ones have ended.
/// </summary>
internal sealed class PlainRunProgress(TextWriter output, IReadOnlyList<Notebook> notebooks) : IRunProgress
{
    private readonly Stopwatch[] _clocks = [.. notebooks.Select(_ => new Stopwatch())];
    private readonly List<string>[] _waiting = [.. notebooks.Select(_ => new List<string>())];
    private readonly bool[] _ended = new bool[notebooks.Count];
    private int _shown; // the chapter whose lines are written as they come

    public void Begin(int chapter)
    {
        _clocks[chapter].Start();
        var name = Path.GetFileNameWithoutExtension(notebooks[chapter].Name);
        Say(chapter, FormattableString.Invariant($"[{chapter + 1}/{notebooks.Count}] {name}"));
    }

    public void Cell(int chapter, CellProgress cell)
    {
        if (cell.Done is null)
            Say(chapter, FormattableString.Invariant(
                $"  cell {cell.Cell} of {cell.Cells}  {_clocks[chapter].Elapsed.TotalSeconds:0.0} s"));
    }

    public void End(int chapter, Chapter result)
    {
        Say(chapter, RunProgress.Summary(result));
        _ended[chapter] = true;
        while (_shown < notebooks.Count - 1 && _ended[_shown])
            foreach (var line in _waiting[++_shown])
                output.WriteLine(line);
    }

    public void Note(int chapter, string text) => Say(chapter, $"NOTE: {text}");

    private void Say(int chapter, string line)
    {
        if (chapter == _shown)
            output.WriteLine(line);
        else
            _waiting[chapter].Add(line);
    }
}
