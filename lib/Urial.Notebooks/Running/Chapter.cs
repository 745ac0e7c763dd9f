namespace Urial.Notebooks;

/// <summary>One notebook after its run in a process of its own.</summary>
/// <param name="Path">The notebook's file.</param>
/// <param name="Committed">The notebook as it was read.</param>
/// <param name="Executed">The notebook with fresh outputs.</param>
/// <param name="Failure">What stopped it, or null.</param>
/// <param name="Elapsed">Wall-clock time, start of the process included.</param>
/// <param name="PeakBytes">The most memory its process held at once; null where it died before it could tell.</param>
public sealed record Chapter(string Path, Notebook Committed, Notebook Executed, CellFailure? Failure, TimeSpan Elapsed, long? PeakBytes)
{
    /// <summary>The file's name without extension, which names the chapter's page.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);
}
