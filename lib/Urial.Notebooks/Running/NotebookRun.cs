namespace Urial.Notebooks;

/// <summary>A notebook after its run.</summary>
/// <param name="Executed">The notebook with fresh outputs; cells behind a failure have none.</param>
/// <param name="Failure">What stopped it, or null.</param>
/// <param name="PeakBytes">The most memory its process held at once; null where it died before its first cell had ended.</param>
public sealed record NotebookRun(Notebook Executed, CellFailure? Failure, long? PeakBytes);
