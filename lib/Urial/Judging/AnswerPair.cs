namespace Urial;

/// <summary>Two answers to one query, from two arms.</summary>
/// <param name="Id">The query's id.</param>
/// <param name="Instruction">The query.</param>
/// <param name="First">The first arm's answer.</param>
/// <param name="Second">The second arm's answer.</param>
public sealed record AnswerPair(string Id, string Instruction, string First, string Second)
{
    /// <summary>Words of the first answer minus words of the second, words parted by white space.</summary>
    public int LengthDifference => WordCount.Of(First) - WordCount.Of(Second);

    /// <summary>Pairs two arms' answers by id, in the first arm's order; answers that only one arm has are left out.</summary>
    /// <exception cref="UrialException">The arms share no id, or give different instructions for one.</exception>
    public static IReadOnlyList<AnswerPair> Of(IReadOnlyList<AnswerToJudge> first, IReadOnlyList<AnswerToJudge> second)
    {
        var others = second.ToDictionary(answer => answer.Id);
        var pairs = new List<AnswerPair>();
        foreach (var answer in first)
        {
            if (!others.TryGetValue(answer.Id, out var other))
                continue;
            if (answer.Instruction != other.Instruction)
                throw new UrialException($"The two arms give different instructions for {answer.Id}: they cannot be compared.");
            pairs.Add(new AnswerPair(answer.Id, answer.Instruction, answer.Output, other.Output));
        }
        return pairs.Count > 0 ? pairs
            : throw new UrialException($"The two arms share no id among {first.Count} and {second.Count} answers.");
    }
}
