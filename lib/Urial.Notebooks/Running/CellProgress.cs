namespace Urial.Notebooks;

/// <summary>Progress of a run: a code cell begins, or has ended.</summary>
/// <param name="Cell">Its number, from 1.</param>
/// <param name="Cells">How many code cells the notebook has.</param>
/// <param name="Done">The cell with its outputs once it has ended; null as it begins.</param>
public sealed record CellProgress(int Cell, int Cells, NotebookCell? Done);
