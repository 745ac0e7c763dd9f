namespace Urial.MicroWorld;

/// <summary>One prompt with what a good continuation holds.</summary>
internal sealed record QualityTrial
{
    /// <summary>The prompt, verbatim (for aligned models: the query).</summary>
    public required string Prompt { get; init; }

    /// <summary>
    /// A continuation that passes every check of its experiment, or fails it where a check should rarely pass: what a reader compares with.
    /// </summary>
    public required string Ideal { get; init; }

    /// <summary>The query at the prompt's end.</summary>
    public required Query Query { get; init; }

    /// <summary>The opener of the prompt's blocks; empty where they have none.</summary>
    public string Opener { get; init; } = "";

    /// <summary>The bullet of the prompt's blocks.</summary>
    public string Bullet { get; init; } = "";

    /// <summary>The closer of the prompt's blocks.</summary>
    public string Closer { get; init; } = "";
}
