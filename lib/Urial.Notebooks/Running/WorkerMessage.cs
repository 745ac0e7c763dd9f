using System.Text.Json;

namespace Urial.Notebooks;

/// <summary>
/// What a chapter's process tells the one that started it: a line of JSON behind a mark, on standard output.
/// Lines without the mark are what native code printed.
/// </summary>
/// <param name="Cell">The cell that begins or has ended; 0 at the very end.</param>
/// <param name="Cells">How many code cells there are.</param>
/// <param name="Done">The ended cell, as a notebook of one cell.</param>
/// <param name="Failure">At the end: what stopped the notebook.</param>
/// <param name="PeakBytes">At the end: the most memory the process held.</param>
internal sealed record WorkerMessage(int Cell, int Cells, string? Done = null, CellFailure? Failure = null, long? PeakBytes = null)
{
    private const string Mark = "\u0001urial ";

    public string ToLine() => Mark + JsonSerializer.Serialize(this);

    public static WorkerMessage? TryRead(string line) =>
        line.StartsWith(Mark, StringComparison.Ordinal) ? JsonSerializer.Deserialize<WorkerMessage>(line.AsSpan(Mark.Length)) : null;
}
