namespace Urial;

/// <summary>What <c>namespace</c> makes: the only value that a template can change.</summary>
internal sealed class JinjaNamespace
{
    /// <summary>What is in it, by name.</summary>
    public JinjaDict Entries { get; } = new();
}
