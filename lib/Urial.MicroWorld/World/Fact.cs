namespace Urial.MicroWorld;

/// <summary>One fact of the world: an entity's value of an attribute.</summary>
public sealed record Fact(Entity Entity, string Attribute, string Value);
