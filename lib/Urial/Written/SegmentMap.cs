namespace Urial;

/// <summary>
/// Which part of a written answer each character of a text stands in, where that text is the answer as a tokenizer gives it back.
/// </summary>
/// <remarks>
/// The blank line between two parts counts to the part that it opens. A tokenizer may put a space before the text, or normalise it
/// (Unicode's NFC or NFKC, lower case); the parts are then those of the answer so changed.
/// </remarks>
internal sealed class SegmentMap
{
    private readonly (AnswerSegment Segment, int Start)[] _starts;
    private readonly int _length;

    private SegmentMap((AnswerSegment Segment, int Start)[] starts, int length) => (_starts, _length) = (starts, length);

    /// <summary>The parts of a text.</summary>
    /// <param name="example">The answer as it was written.</param>
    /// <param name="text">The same as a tokenizer gives it back, without the token that ends it.</param>
    /// <exception cref="UrialException">The example's parts are not known, or the text is not its answer.</exception>
    public static SegmentMap Of(WrittenExample example, string text)
    {
        if (!example.HasParts)
            throw new UrialException($"Example {example.Id}: the parts of its answer are not known. Give \"opener\", \"body\" and "
                + "\"closer\" in place of \"output\".");
        return TryOf(example, text)
            ?? throw new UrialException($"Example {example.Id}: the tokens spell \"{ShortText.Of(text, 60)}\", which is not the answer "
                + $"that was written, \"{ShortText.Of(example.Answer, 60)}\". Are these the examples that were scored?");
    }

    /// <summary>As the other; null where the parts are not known, or the text is another.</summary>
    public static SegmentMap? TryOf(WrittenExample example, string text) => !example.HasParts ? null
        : Changes.Select(change => TryOf(example, text, change)).FirstOrDefault(map => map is not null);

    /// <summary>The part in which a character stands; behind the text it is the end of the turn.</summary>
    /// <param name="character">0-based, in UTF-16 units.</param>
    public AnswerSegment At(int character) => character >= _length ? AnswerSegment.End
        : _starts.Last(part => part.Start <= character || part == _starts[0]).Segment;

    private static IReadOnlyList<Func<string, string>> Changes { get; } =
    [
        text => text,
        UnicodeForms.C,
        UnicodeForms.KC,
        text => text.ToLowerInvariant(),
        text => UnicodeForms.KC(text).ToLowerInvariant(),
    ];

    private static SegmentMap? TryOf(WrittenExample example, string text, Func<string, string> change)
    {
        var parts = example.Parts.Select(part => (part.Segment, Text: change(part.Text))).ToArray();
        var answer = string.Join(WrittenExample.Separator, parts.Select(part => part.Text));
        var before = text.Length - answer.Length;
        if (before is not (0 or 1) || !text.EndsWith(answer, StringComparison.Ordinal) || before == 1 && text[0] != ' ')
            return null;
        var starts = new (AnswerSegment, int)[parts.Length];
        for (var (i, next) = (0, before); i < parts.Length; i++)
        {
            starts[i] = (parts[i].Segment, i == 0 ? 0 : next);
            next += parts[i].Text.Length + (i == 0 ? 0 : WrittenExample.Separator.Length);
        }
        return new SegmentMap(starts, text.Length);
    }
}
