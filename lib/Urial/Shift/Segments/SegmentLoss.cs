namespace Urial;

/// <summary>What one part of one written answer costs each side.</summary>
/// <param name="Id">The question's id.</param>
/// <param name="Kind">What kind of question it is, where that is known.</param>
/// <param name="Segment">The part.</param>
/// <param name="Tokens">How many of the answer's tokens begin in it; 0 where the answer has no such part.</param>
/// <param name="BaseNats">Negative log-likelihood of these tokens on the base side, in nats.</param>
/// <param name="AlignedNats">Negative log-likelihood of these tokens on the aligned side, in nats.</param>
public sealed record SegmentLoss(string Id, string? Kind, AnswerSegment Segment, int Tokens, double BaseNats, double AlignedNats);
