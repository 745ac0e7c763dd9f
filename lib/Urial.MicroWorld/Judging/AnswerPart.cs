namespace Urial.MicroWorld;

/// <summary>A sentence or line of an answer.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Role">What it is there for.</param>
/// <param name="Bullet">Its bullet's length in characters; 0 where it is no item.</param>
/// <param name="Manner">
/// Whether it stands inside the answer, but says nothing: it only turns to the reader (<see cref="Friendliness"/>).
/// </param>
public sealed record AnswerPart(TextSpan Span, PartRole Role, int Bullet = 0, bool Manner = false);
