namespace Urial;

/// <summary>
/// What the two models say at one position of the aligned model's answer. Every number compares the
/// distributions of the next token over the whole vocabulary, given the same answer so far. Where the vocabularies differ, over the ids
/// that both share, renormalised over these (<see cref="SharedVocabulary"/>).
/// </summary>
public sealed record PositionShift
{
    /// <summary>0-based position in the answer.</summary>
    public required int Position { get; init; }

    /// <summary>The token that stands in the answer: o_t of the paper.</summary>
    public required int TokenId { get; init; }

    /// <summary>1 + the number of tokens the base model ranks above <see cref="TokenId"/>; ties are broken by id.</summary>
    public required int BaseRank { get; init; }

    /// <summary>Unshifted, marginal or shifted, from <see cref="BaseRank"/>.</summary>
    public ShiftClass Class => ShiftClasses.Of(BaseRank);

    /// <summary>Whether the token is the base model's own first choice.</summary>
    public bool IsUnshifted => Class == ShiftClass.Unshifted;

    /// <summary>Whether the base model ranks the token fourth or later.</summary>
    public bool IsShifted => Class == ShiftClass.Shifted;

    /// <summary>P_base(o_t), 0 to 1.</summary>
    public required double BaseProbability { get; init; }

    /// <summary>P_aligned(o_t), 0 to 1.</summary>
    public required double AlignedProbability { get; init; }

    /// <summary>KL(aligned‖base) in nats.</summary>
    public required double KlAlignedBase { get; init; }

    /// <summary>KL(base‖aligned) in nats.</summary>
    public required double KlBaseAligned { get; init; }

    /// <summary>Jensen–Shannon divergence in nats, at most ln 2.</summary>
    public required double Js { get; init; }

    /// <summary>Entropy of the base model's distribution in nats.</summary>
    public required double BaseEntropy { get; init; }

    /// <summary>Entropy of the aligned model's distribution in nats.</summary>
    public required double AlignedEntropy { get; init; }

    /// <summary>The token the aligned model finds most probable here; ties are broken by id.</summary>
    public required int AlignedArgmaxId { get; init; }

    /// <summary>Whether <see cref="TokenId"/> ends the answer.</summary>
    public required bool IsEos { get; init; }

    /// <summary>The probability that the base model gave to ids that the aligned model does not share, before they were left out.</summary>
    public double BaseLeftOut { get; init; }

    /// <summary>The probability that the aligned model gave to ids that the base model does not share, before they were left out.</summary>
    public double AlignedLeftOut { get; init; }

    /// <summary>
    /// What is certain of the divergences and entropies where a server told only some tokens of a distribution; those that are not exact
    /// are NaN above. Null: every number is exact.
    /// </summary>
    public ShiftBounds? Bounds { get; init; }

    /// <summary>
    /// Whether a server told the base model's most probable tokens alone, and <see cref="TokenId"/> is none of them:
    /// <see cref="BaseRank"/> is then the least that it can be.
    /// </summary>
    public bool RankCensored { get; init; }

    /// <summary>The base model's most probable tokens, best first.</summary>
    public IReadOnlyList<TopToken> BaseTop { get; init; } = [];

    /// <summary>The aligned model's most probable tokens, best first.</summary>
    public IReadOnlyList<TopToken> AlignedTop { get; init; } = [];

    /// <summary>
    /// The one schema of positions, in the files' order: JSON lines, Parquet, the summary and data frames are made from it. A number that
    /// is added above has its column here.
    /// </summary>
    internal static IReadOnlyList<PositionColumn> Columns { get; } =
    [
        new PositionColumn<string>("id", (answer, _) => answer.Id),
        PositionColumn.Of("position", p => p.Position),
        PositionColumn.Of("token_id", p => p.TokenId),
        new PositionColumn<string>("token", (answer, i) => answer.Tokens[i].Raw), // the vocabulary's spelling, which says which token it is
        PositionColumn.Of("base_rank", p => p.BaseRank),
        PositionColumn.Of("base_prob", p => p.BaseProbability),
        PositionColumn.Of("aligned_prob", p => p.AlignedProbability),
        PositionColumn.Of("kl_aligned_base", p => p.KlAlignedBase),   // nats
        PositionColumn.Of("kl_base_aligned", p => p.KlBaseAligned),   // nats
        PositionColumn.Of("js", p => p.Js),                           // nats
        PositionColumn.Of("base_entropy", p => p.BaseEntropy),        // nats
        PositionColumn.Of("aligned_entropy", p => p.AlignedEntropy),  // nats
        new PositionColumn<string>("class", (answer, i) => answer.Positions[i].Class.Name()),
        PositionColumn.Of("aligned_argmax_id", p => p.AlignedArgmaxId),
        new PositionColumn<bool>("is_eos", (answer, i) => answer.Positions[i].IsEos),
        .. PositionColumn.Top("base_top", p => p.BaseTop),
        .. PositionColumn.Top("aligned_top", p => p.AlignedTop),
    ];

    /// <summary>
    /// The same for a run with a server: a number is empty where only bounds of it are known, and these stand beside it; a bound is empty
    /// where nothing limits the number.
    /// </summary>
    internal static IReadOnlyList<PositionColumn> BoundedColumns { get; } =
    [
        .. Columns.Select(column => ShiftBounds.Columns.Any(bounded => bounded.Name == column.Name)
            ? new PositionColumn<double?>(column.Name, (answer, i) => Finite(column.Number!(answer.Positions[i]))) : column),
        new PositionColumn<bool>("base_rank_censored", (answer, i) => answer.Positions[i].RankCensored),
        .. ShiftBounds.Columns.SelectMany(bounded => new PositionColumn[]
        {
            new PositionColumn<double?>($"{bounded.Name}_low", (answer, i) => Finite(bounded.Of(answer.Positions[i]).Low)),
            new PositionColumn<double?>($"{bounded.Name}_high", (answer, i) => Finite(bounded.Of(answer.Positions[i]).High)),
        }),
    ];

    /// <summary>
    /// The columns of an answer that waits to be put together with others: those of files, and what only the summary needs.
    /// </summary>
    internal static IReadOnlyList<PositionColumn> ShardColumns(bool bounded) =>
    [
        .. bounded ? BoundedColumns : Columns,
        PositionColumn.Of("base_left_out", p => p.BaseLeftOut),
        PositionColumn.Of("aligned_left_out", p => p.AlignedLeftOut),
    ];

    /// <summary>The columns whose mean over positions a summary has, in its order.</summary>
    internal static IReadOnlyList<PositionColumn> Summarised { get; } =
        [.. new[] { "kl_aligned_base", "kl_base_aligned", "js", "base_rank", "base_prob" }.Select(Named)];

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static PositionColumn Named(string name) => Columns.Single(column => column.Name == name);
}
