namespace Urial;

/// <summary>How often the first of two arms wins, ties and loses: shares of the same queries, with intervals over queries.</summary>
/// <param name="Win">Share of queries on which the first is ahead.</param>
/// <param name="Tie">Share on which neither is.</param>
/// <param name="Lose">Share on which the second is ahead.</param>
public sealed record WinTieLose(Estimate Win, Estimate Tie, Estimate Lose)
{
    /// <summary>How many queries were compared.</summary>
    public int N => Win.N;

    /// <summary>
    /// The exact two-sided sign test over the queries on which one arm is ahead: the chance of a split at least this uneven if either
    /// were ahead equally often. 1 where there are only ties.
    /// </summary>
    public double SignTest
    {
        get
        {
            var (wins, losses) = ((int)Math.Round(Win.Value * N), (int)Math.Round(Lose.Value * N));
            var (decided, fewer) = (wins + losses, Math.Min(wins, losses));
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

        Estimate Share(Func<double, bool> holds) => Bootstrap.Mean([.. differences.Select(d => holds(d) ? 1.0 : 0)]);
    }
}
