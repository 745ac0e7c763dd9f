namespace Urial.MicroWorld;

/// <summary>A fact as a text states it, right or wrong.</summary>
/// <param name="Span">Where the value stands.</param>
/// <param name="Value">The value as written.</param>
/// <param name="Entity">What it is said about.</param>
/// <param name="Attribute">The attribute it is said to be.</param>
/// <param name="Right">Whether the world agrees.</param>
public sealed record StatedFact(TextSpan Span, string Value, Entity Entity, string Attribute, bool Right);
