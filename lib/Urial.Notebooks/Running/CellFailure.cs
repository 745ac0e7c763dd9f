namespace Urial.Notebooks;

/// <summary>Where and why a notebook stopped.</summary>
/// <param name="Notebook">The file's name.</param>
/// <param name="Cell">The code cell's number, as a host shows it: <c>[3]</c>.</param>
/// <param name="Line">The line within the cell, from 1; null where the error has none.</param>
/// <param name="Name">The exception's type, or <c>CompilationError</c>.</param>
/// <param name="Message">Its message.</param>
public sealed record CellFailure(string Notebook, int Cell, int? Line, string Name, string Message)
{
    /// <summary>The place, as it is written everywhere: <c>02-shift.ipynb, cell [3], line 2</c>.</summary>
    public string Place => CellPlace.Of(Notebook, Cell, Line);
}
