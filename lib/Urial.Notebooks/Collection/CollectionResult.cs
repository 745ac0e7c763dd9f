namespace Urial.Notebooks;

/// <summary>What came of a run of the collection.</summary>
/// <param name="Chapters">The chapters, in the order they were given in.</param>
/// <param name="Index">The gallery's first page.</param>
/// <param name="Elapsed">Wall-clock time, the gallery included.</param>
public sealed record CollectionResult(IReadOnlyList<Chapter> Chapters, string Index, TimeSpan Elapsed)
{
    /// <summary>The chapters that ran to their end.</summary>
    public IReadOnlyList<Chapter> Complete => [.. Chapters.Where(chapter => chapter.Failure is null)];

    /// <summary>The chapters that something stopped.</summary>
    public IReadOnlyList<Chapter> Failed => [.. Chapters.Where(chapter => chapter.Failure is not null)];

    /// <summary>Exercises that their worked solutions do not solve, over all chapters.</summary>
    public IReadOnlyList<string> Unsolved => [.. Chapters.SelectMany(chapter => chapter.Unsolved)];

    /// <summary>The most memory that a chapter held, bytes; null where none could tell.</summary>
    public long? PeakBytes => Chapters.Max(chapter => chapter.PeakBytes);

    /// <summary>Writes the outputs of the complete chapters into their notebooks.</summary>
    /// <exception cref="UrialException">A notebook cannot be written.</exception>
    public void SaveInPlace()
    {
        foreach (var chapter in Complete)
            chapter.Executed.Save(chapter.Path);
    }

    /// <summary>The complete chapters whose outputs say something else than the committed ones, with what differs.</summary>
    public IReadOnlyList<(Chapter Chapter, IReadOnlyList<NotebookDifference> Differences)> Differing() =>
        [.. Complete.Select(chapter => (chapter, NotebookComparison.Compare(chapter.Committed, chapter.Executed)))
            .Where(pair => pair.Item2.Count > 0)];
}
