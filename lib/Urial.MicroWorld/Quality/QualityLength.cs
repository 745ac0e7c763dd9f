namespace Urial.MicroWorld;

/// <summary>How long the answers of one setting are. Length is always reported: a preference-tuned model may win by it.</summary>
/// <param name="Name">The setting.</param>
/// <param name="N">How many answers.</param>
/// <param name="MeanWords">Mean number of words (runs without white space).</param>
/// <param name="MedianWords">Median number of words.</param>
/// <param name="LongestWords">The longest answer's number of words.</param>
public sealed record QualityLength(string Name, int N, double MeanWords, double MedianWords, int LongestWords)
{
    /// <summary>The lengths of a set of answers.</summary>
    /// <exception cref="ArgumentException">There are no answers.</exception>
    public static QualityLength Of(string name, IReadOnlyList<string> answers)
    {
        if (answers.Count == 0)
            throw new ArgumentException($"'{name}' has no answers to measure.");
        int[] words = [.. answers.Select(a => WordCount.Of(a)).Order()];
        var median = (words[(words.Length - 1) / 2] + words[words.Length / 2]) / 2.0;
        return new QualityLength(name, words.Length, words.Average(), median, words[^1]);
    }
}
