namespace Urial;

/// <summary>A score in words, for readers who see no picture.</summary>
internal static class ScoreText
{
    /// <summary><c>4.28 [4.20, 4.36]</c>, or the value alone.</summary>
    public static string Of((double Value, Interval? Interval) score) => score.Interval is { } interval
        ? $"{Numbers.Fixed(score.Value, 2)} [{Numbers.Fixed(interval.Low, 2)}, {Numbers.Fixed(interval.High, 2)}]"
        : Numbers.Fixed(score.Value, 2);
}
