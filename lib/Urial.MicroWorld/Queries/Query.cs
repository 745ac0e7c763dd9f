namespace Urial.MicroWorld;

/// <summary>A question to the micro-world, with all that a right answer needs.</summary>
public sealed record Query
{
    /// <summary>What is asked for.</summary>
    public required QueryKind Kind { get; init; }

    /// <summary>The question, in plain English.</summary>
    public required string Text { get; init; }

    /// <summary>The entities that the question names (for two hops also the one in between).</summary>
    public required IReadOnlyList<Entity> Entities { get; init; }

    /// <summary>The attributes asked for; empty where the question leaves them open ("Tell me about …").</summary>
    public required IReadOnlyList<string> Attributes { get; init; }

    /// <summary>
    /// The facts that answer it: the one or those asked for; all six where the attributes are open; both sides of a comparison; both
    /// hops, in order; for a constraint those of the first accepted entity. Empty for unknowable and unsafe queries.
    /// </summary>
    public required IReadOnlyList<Fact> Facts { get; init; }

    /// <summary>For yes or no: the right answer.</summary>
    public bool? Truth { get; init; }

    /// <summary>For a constraint: every entity that meets it (among the options, where it gives options).</summary>
    public IReadOnlyList<Entity> Accepted { get; init; } = [];

    /// <summary>For a constraint: the options given, none where any of the class will do.</summary>
    public IReadOnlyList<Entity> Options { get; init; } = [];

    /// <summary>For a constraint: how many entities are wanted.</summary>
    public int Wanted { get; init; } = 1;

    /// <summary>For unsafe queries: the harmful act, as a verb phrase.</summary>
    public string? Act { get; init; }

    /// <summary>True where the wording never occurs in pre-training.</summary>
    public bool UnseenWording { get; init; }

    /// <summary>True where every entity named is held out.</summary>
    public bool HeldOut => Entities.Count > 0 && Entities[0].HeldOut;
}
