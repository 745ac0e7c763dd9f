namespace Urial;

/// <summary>What a value is given to.</summary>
internal abstract record JinjaTarget
{
    /// <summary>A variable.</summary>
    public sealed record Variable(string Name) : JinjaTarget;

    /// <summary><c>space.name</c>, of a namespace.</summary>
    public sealed record Member(string Space, string Name) : JinjaTarget;

    /// <summary>Several, each of which gets an item of the value.</summary>
    public sealed record Several(IReadOnlyList<JinjaTarget> Targets) : JinjaTarget;
}
