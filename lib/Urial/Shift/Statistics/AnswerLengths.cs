namespace Urial;

/// <summary>How long answers are, in tokens.</summary>
/// <param name="Shortest">The fewest tokens.</param>
/// <param name="Half">Half of the answers have so many or fewer.</param>
/// <param name="Longest">The most tokens.</param>
public sealed record AnswerLengths(int Shortest, int Half, int Longest)
{
    /// <summary>The lengths of answers.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static AnswerLengths Of(IReadOnlyList<ShiftedAnswer> answers)
    {
        int[] lengths = [.. answers.Select(answer => answer.Positions.Count).Order()];
        return lengths.Length > 0 ? new AnswerLengths(lengths[0], lengths[lengths.Length / 2], lengths[^1])
            : throw new ArgumentException("There are no answers.", nameof(answers));
    }

    /// <summary>As a reader sees it: <c>shortest 12, longest 256, half have 68 or fewer</c>.</summary>
    public override string ToString() => $"shortest {Shortest}, longest {Longest}, half have {Half} or fewer";
}
