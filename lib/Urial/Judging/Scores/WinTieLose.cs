namespace Urial;

/// <summary>How often the first of two arms wins, ties and loses: shares of the same queries, with intervals over queries.</summary>
/// <param name="Win">Share of queries on which the first is ahead.</param>
/// <param name="Tie">Share on which neither is.</param>
/// <param name="Lose">Share on which the second is ahead.</param>
public sealed record WinTieLose(Estimate Win, Estimate Tie, Estimate Lose)
{
    /// <summary>How many queries were compared.</summary>
    public int N => Win.N;

    /// <summary>On how many the first is ahead.</summary>
    public int Wins => (int)Math.Round(Win.Value * N);

    /// <summary>On how many neither is.</summary>
    public int Ties => N - Wins - Losses;

    /// <summary>On how many the second is ahead.</summary>
    public int Losses => (int)Math.Round(Lose.Value * N);

    /// <summary>
    /// The exact two-sided sign test over the queries on which one arm is ahead: the chance of a split at least this uneven if either
    /// were ahead equally often. 1 where there are only ties.
    /// </summary>
    public double SignTest
    {
        get
        {
            var (decided, fewer) = (Wins + Losses, Math.Min(Wins, Losses));
            var (tail, term) = (0.0, Math.Pow(0.5, decided)); // term: the chance of k of them
            for (var k = 0; k <= fewer; k++, term *= (decided - k + 1.0) / k)
                tail += term;
            return Math.Min(1, 2 * tail);
        }
    }

    /// <summary>The shares of positive, zero and negative differences.</summary>
    /// <param name="differences">First minus second, one number per query.</param>
    /// <exception cref="ArgumentException">There are none, or one is NaN.</exception>
    public static WinTieLose Of(IReadOnlyList<double> differences)
    {
        if (differences.Any(double.IsNaN))
            throw new ArgumentException("A difference is not a number.", nameof(differences));
        return new WinTieLose(Share(d => d > 0), Share(d => d == 0), Share(d => d < 0));

        Estimate Share(Func<double, bool> holds) => Estimate.Share(differences, holds);
    }

    /// <summary>The counts of outcomes.</summary>
    /// <param name="outcomes">Each query with the first arm's outcome.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static WinTieLose Of(IReadOnlyList<(string Id, PairwiseOutcome Outcome)> outcomes) =>
        Of([.. outcomes.Select(query => PairwiseComparison.Points(query.Outcome) - 0.5)]);

    /// <summary>On which units something holds of the first alone, of both or neither, of the second alone.</summary>
    /// <param name="first">The units under one condition.</param>
    /// <param name="second">The same units, in the same order, under another.</param>
    /// <param name="holds">What may hold of one.</param>
    /// <exception cref="ArgumentException">There are none, or the lists differ in length.</exception>
    public static WinTieLose Of<T>(IReadOnlyCollection<T> first, IReadOnlyCollection<T> second, Func<T, bool> holds) =>
        first.Count == second.Count
        ? Of([.. first.Zip(second, (one, other) => (holds(one) ? 1.0 : 0) - (holds(other) ? 1 : 0))])
        : throw new ArgumentException($"Paired lists must be of one length, not {first.Count} and {second.Count}.", nameof(second));

    /// <summary>The counts and the sign test: <c>ahead on 12, even on 3, behind on 5 of 20; sign test p = 0.143</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"ahead on {Wins}, even on {Ties}, behind on {Losses} of {N}; sign test p = {SignTest:0.000}");
}
