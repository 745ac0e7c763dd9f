namespace Urial;

/// <summary>What tables, frames and <c>segment</c> columns call the parts of an answer.</summary>
public static class AnswerSegmentNames
{
    /// <summary>The parts in the order of the text.</summary>
    public static IReadOnlyList<AnswerSegment> All { get; } = Enum.GetValues<AnswerSegment>();

    /// <summary>The part in words: <c>opener</c>, <c>body</c>, <c>closer</c>, <c>end of turn</c>.</summary>
    public static string Name(this AnswerSegment segment) => segment switch
    {
        AnswerSegment.Opener => "opener",
        AnswerSegment.Body => "body",
        AnswerSegment.Closer => "closer",
        AnswerSegment.End => "end of turn",
        _ => throw new ArgumentOutOfRangeException(nameof(segment), segment, "Not a part of an answer."),
    };
}
