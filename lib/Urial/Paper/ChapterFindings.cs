namespace Urial;

/// <summary>
/// What a chapter found, for the box at its end: the main number, its claims with their verdicts, the caveat, and what a reader does with
/// a pair of their own. <see cref="Tables.Found"/> draws it; the gallery's page of claims and the README's table are made of such boxes.
/// </summary>
public sealed record ChapterFindings
{
    /// <summary>The findings of a chapter.</summary>
    /// <param name="main">The main number.</param>
    /// <param name="claims">All claims of the chapter; none where it makes none.</param>
    /// <param name="caveat">What a reader must not conclude, and why.</param>
    /// <param name="yourPair">What to do with a pair of one's own.</param>
    /// <exception cref="ArgumentException">Caveat or advice are empty, or two claims have the same words.</exception>
    public ChapterFindings(MainNumber main, IReadOnlyList<PaperClaim> claims, string caveat, string yourPair)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(caveat);
        ArgumentException.ThrowIfNullOrWhiteSpace(yourPair);
        if (claims.GroupBy(claim => claim.Text).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"Two claims read '{twice.Key}': a reader could not tell them apart.", nameof(claims));
        (Main, Claims, Caveat, YourPair) = (main, claims, caveat, yourPair);
    }

    /// <summary>The main number.</summary>
    public MainNumber Main { get; }

    /// <summary>Numbers that answer the rest of the chapter's question, in the order of the question.</summary>
    public IReadOnlyList<MainNumber> Further { get; init; } = [];

    /// <summary>The claims, the paper's and the project's own.</summary>
    public IReadOnlyList<PaperClaim> Claims { get; }

    /// <summary>What a reader must not conclude.</summary>
    public string Caveat { get; }

    /// <summary>What to do with a pair of one's own.</summary>
    public string YourPair { get; }
}
