namespace Urial;

/// <summary>
/// The part of a written answer that each token stands in, by <see cref="AnswerSegmentNames"/>: the part of its first character. A token
/// that holds a part's last character and the blank line behind it counts to that part.
/// </summary>
internal static class TokenSegments
{
    /// <summary>The parts of the tokens; null where the answer's parts are not known, or the tokenizer gives back another text.</summary>
    /// <param name="example">The answer as it was written.</param>
    /// <param name="tokens">The tokens' text and each one's characters; the token behind the text is the end of the turn.</param>
    public static string[]? TryOf(WrittenExample example, (string Text, (int Start, int End)[] Spans) tokens) =>
        SegmentMap.TryOf(example, tokens.Text) is { } map ? Of(map, tokens.Spans) : null;

    /// <summary>The parts of the tokens.</summary>
    /// <exception cref="UrialException">The answer's parts are not known, or the tokens spell another text.</exception>
    public static string[] Of(WrittenExample example, (string Text, (int Start, int End)[] Spans) tokens) =>
        Of(SegmentMap.Of(example, tokens.Text), tokens.Spans);

    private static string[] Of(SegmentMap map, (int Start, int End)[] spans) => [.. spans.Select(span => map.At(span.Start).Name())];
}
