namespace Urial.Notebooks;

/// <summary>One place where a fresh run says something else than the committed notebook.</summary>
/// <param name="Notebook">The file's name.</param>
/// <param name="Cell">The code cell's number.</param>
/// <param name="Output">The output's number within the cell, from 1; null where the cell as a whole differs.</param>
/// <param name="What">What differs: <c>text/plain, line 3</c>.</param>
/// <param name="Committed">The first differing line as committed; empty where there is none.</param>
/// <param name="Fresh">The same line of the fresh run.</param>
public sealed record NotebookDifference(string Notebook, int Cell, int? Output, string What, string Committed, string Fresh)
{
    /// <summary>Three lines: the place, then what was committed (<c>-</c>) and what came out now (<c>+</c>).</summary>
    public override string ToString() =>
        FormattableString.Invariant(
            $"{CellPlace.Of(Notebook, Cell, null)}{(Output is { } n ? FormattableString.Invariant($", output {n}") : "")}: {What}")
        + $"\n  - {Committed}\n  + {Fresh}";
}
