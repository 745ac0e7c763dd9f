namespace Urial;

/// <summary>
/// What a set of answers says together. All intervals resample whole answers (one per query); N of each estimate is the
/// number of answers.
/// </summary>
public sealed record ShiftSummary : ShiftNumbers
{
    private ShiftSummary(Func<ShiftClass, Estimate> micro, Func<ShiftClass, Estimate> macro, Func<PositionColumn, Estimate?> mean)
        : base(micro, macro, mean)
    {
    }

    /// <summary>The summary of answers by their sums.</summary>
    /// <param name="sums">Sums over the positions of each answer.</param>
    /// <param name="withEos">Whether end-of-sequence tokens were counted.</param>
    /// <param name="resamples">Bootstrap resamples.</param>
    /// <param name="level">Confidence level.</param>
    /// <param name="seed">The bootstrap's seed.</param>
    internal static ShiftSummary Of(AnswerSums sums, bool withEos, int resamples, double level, int seed)
    {
        return new ShiftSummary(shift => Ratio(sums.OfClass(shift)), Macro,
            column => sums.Columns[column.Name] is var of && of.Any(double.IsNaN) ? null : Ratio(of))
        {
            MeanBounds = sums.Bounds.ToDictionary(of => of.Key, of => new Bounds(Mean(of.Value.Low), Mean(of.Value.High))),
            WithEos = withEos,
            Positions = (int)sums.Positions.Sum(),
            Answers = sums.Positions.Length,
            NotEnded = sums.NotEnded,
        };

        double Mean(double[] of) => of.Sum() / sums.Positions.Sum();

        // A mean over pooled positions is a ratio of sums over answers.
        Estimate Ratio(double[] of) => Bootstrap.Ratio(of, sums.Positions, resamples, level, seed);

        Estimate Macro(ShiftClass shift) =>
            Bootstrap.Mean([.. sums.OfClass(shift).Zip(sums.Positions, (some, all) => some / all)], resamples, level, seed);
    }

    /// <summary>
    /// Of a run with a server that tells only the most probable tokens: the bounds of the means of divergences and entropies, by the
    /// column's name in files, in nats. Empty where every number is known.
    /// </summary>
    public IReadOnlyDictionary<string, Bounds> MeanBounds { get; private init; } = new Dictionary<string, Bounds>();

    /// <summary>Whether end-of-sequence tokens count as positions.</summary>
    public required bool WithEos { get; init; }

    /// <summary>Positions counted.</summary>
    public required int Positions { get; init; }

    /// <summary>Answers with at least one position counted: without end-of-sequence, an answer that is nothing else drops out.</summary>
    public required int Answers { get; init; }

    /// <summary>
    /// Those of them that did not end (<see cref="ShiftedAnswer.Ended"/>). Look at the summary without them, too:
    /// <see cref="Endings.ThatEnded"/>.
    /// </summary>
    public required int NotEnded { get; init; }
}
