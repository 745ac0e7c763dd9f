namespace Urial;

/// <summary>How many answers have each score of an aspect.</summary>
public sealed class ScoreCounts
{
    private readonly int[] _counts; // of the scores 1 to 5

    private ScoreCounts(int[] counts) => _counts = counts;

    /// <summary>Counts scores; "N/A" is none.</summary>
    public static ScoreCounts Of(IReadOnlyList<Judgment> judgments, Aspect aspect) =>
        new([.. Enumerable.Range(1, 5).Select(score => judgments.Count(judgment => judgment.Scores.GetValueOrDefault(aspect) == score))]);

    /// <summary>The points that the answers lack to a 5 each.</summary>
    public int Missing => MissingBy(1, 2, 3, 4);

    /// <summary>Those of them that answers with some scores lack.</summary>
    public int MissingBy(params int[] scores) => scores.Sum(score => _counts[score - 1] * (5 - score));

    /// <summary>The counts: <c>1:   6  2:   6  3:   0  4:   9  5: 179</c>.</summary>
    public override string ToString() => string.Join("  ", _counts.Select((count, i) => $"{i + 1}: {count,3}"));
}
