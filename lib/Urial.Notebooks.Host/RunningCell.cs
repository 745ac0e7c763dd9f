using Microsoft.CodeAnalysis.Scripting;

namespace Urial.Notebooks.Host;

/// <summary>The cell that code belongs to, found again from every thread that the cell starts.</summary>
internal sealed class RunningCell(int number, Func<ScriptState?> state)
{
    /// <summary>How many characters a cell may print; what it prints beyond is left out with a note.</summary>
    public const int MostPrinted = 2_000_000;

    private static readonly AsyncLocal<RunningCell?> Flowing = new();

    private readonly ScriptState? _before = state();
    private long _printed;
    private volatile bool _closed;

    /// <summary>The cell of the calling code, also after its end; null outside of cells.</summary>
    public static RunningCell? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>The code cell's number, from 1.</summary>
    public int Number { get; } = number;

    /// <summary>
    /// Whether its code has run to its end. The kernel still works on the cell then, for a time that depends on the machine:
    /// what a thread that the cell left running prints meanwhile is no part of the cell.
    /// </summary>
    public bool CodeEnded => _closed || !ReferenceEquals(state(), _before);

    /// <summary>The kernel is done with the cell.</summary>
    public void Close() => _closed = true;

    /// <summary>How many of so many more characters are shown, and whether they are the first to be cut.</summary>
    public (int Shown, bool CutsHere) Take(int characters)
    {
        var before = Interlocked.Add(ref _printed, characters) - characters;
        var shown = (int)Math.Clamp(MostPrinted - before, 0, characters);
        return (shown, shown < characters && before <= MostPrinted);
    }
}
