namespace Urial.MicroWorld;

/// <summary>
/// Says of each token of an answer which part it stands in: <c>opener</c> (what greets or leads over before the answer),
/// <c>body</c> (the answer itself, a refusal and an admission included), <c>closer</c> (what is wished or offered after it) and
/// <c>end of turn</c> (the end-of-sequence token). By the rules of <see cref="AnswerParts"/>.
/// </summary>
public static class AnswerSegments
{
    /// <summary>Before the answer.</summary>
    public const string Opener = "opener";

    /// <summary>The answer.</summary>
    public const string Body = "body";

    /// <summary>After the answer.</summary>
    public const string Closer = "closer";

    /// <summary>The token that ends the turn.</summary>
    public const string EndOfTurn = "end of turn";

    /// <summary>The four parts in their order.</summary>
    public static IReadOnlyList<string> All { get; } = [Opener, Body, Closer, EndOfTurn];

    /// <summary>The part of each token. A token without a part of its own (a line break, a blank) goes with the part before it.</summary>
    /// <param name="answer">The answer, taken apart.</param>
    /// <param name="tokenizer">The tokenizer of the ids.</param>
    /// <param name="answerIds">The answer as it was generated, end of sequence included.</param>
    /// <param name="spans">Each token's characters.</param>
    public static string[] Of(
        AnswerParts answer, HfTokenizer tokenizer, IReadOnlyList<int> answerIds, IReadOnlyList<(int Start, int End)> spans)
    {
        var characters = Characters(answer);
        var segments = new string[answerIds.Count];
        for (var i = 0; i < segments.Length; i++)
        {
            var (start, end) = spans[i];
            segments[i] = start == end ? tokenizer.IsSpecial(answerIds[i]) ? EndOfTurn : i > 0 ? segments[i - 1] : Body
                : characters[start..end].CountBy(segment => segment).MaxBy(count => count.Value).Key;
        }
        return segments;
    }

    /// <summary>The part of each character of an answer.</summary>
    public static string[] Characters(AnswerParts answer)
    {
        var segments = new string[answer.Text.Length];
        var current = Body;
        var next = 0;
        foreach (var part in answer.Parts.OrderBy(part => part.Span.Start))
        {
            Array.Fill(segments, next == 0 ? Role(part.Role) : current, next, Math.Max(0, part.Span.Start - next));
            current = Role(part.Role);
            Array.Fill(segments, current, part.Span.Start, part.Span.Length);
            next = part.Span.End;
        }
        Array.Fill(segments, current, next, answer.Text.Length - next);
        return segments;
    }

    private static string Role(PartRole role) => role switch
    {
        PartRole.Opener or PartRole.Intro => Opener,
        PartRole.Closer => Closer,
        _ => Body,
    };
}
