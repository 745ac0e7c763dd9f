namespace Urial;

/// <summary>How often two judges say the same of the same comparisons: win, tie or lose. Intervals resample queries.</summary>
/// <param name="Same">Share of comparisons with the same outcome.</param>
/// <param name="Opposite">Share where one judge's win is the other's loss.</param>
/// <param name="ByChance">
/// The share with the same outcome if each judge kept its own shares of wins, ties and losses but dealt them out at random.
/// </param>
/// <param name="Comparisons">How many comparisons there are; the estimates' n counts queries.</param>
public sealed record ComparisonAgreement(Estimate Same, Estimate Opposite, Estimate ByChance, int Comparisons)
{
    private static readonly PairwiseOutcome[] All = Enum.GetValues<PairwiseOutcome>();

    /// <summary>Two judges' outcomes of one comparison of arms, paired by query; a query that only one has judged is left out.</summary>
    /// <param name="first">One judge's outcomes.</param>
    /// <param name="second">The other's.</param>
    public static IReadOnlyList<(string Query, PairwiseOutcome First, PairwiseOutcome Second)> Pair(
        IReadOnlyList<(string Id, PairwiseOutcome Outcome)> first, IReadOnlyList<(string Id, PairwiseOutcome Outcome)> second) =>
        [.. first.Join(second, one => one.Id, other => other.Id, (one, other) => (one.Id, one.Outcome, other.Outcome),
            StringComparer.Ordinal)];

    /// <summary>Sets two judges' verdicts side by side.</summary>
    /// <param name="verdicts">Each comparison's query and what the two judges say; several comparisons may share a query.</param>
    /// <exception cref="UrialException">There are none.</exception>
    public static ComparisonAgreement Of(IReadOnlyList<(string Query, PairwiseOutcome First, PairwiseOutcome Second)> verdicts)
    {
        if (verdicts.Count == 0)
            throw new UrialException("There is no comparison that both judges have made.");
        (PairwiseOutcome First, PairwiseOutcome Second)[][] queries =
            [.. verdicts.GroupBy(v => v.Query, StringComparer.Ordinal).Select(query => query.Select(v => (v.First, v.Second)).ToArray())];
        var estimates = Bootstrap.Many(queries.Length, 3, Statistics);
        return new ComparisonAgreement(estimates[0]!, estimates[1]!, estimates[2]!, verdicts.Count);

        void Statistics(int[] drawn, double[] values)
        {
            var counts = new double[All.Length, All.Length]; // [first judge's outcome, second's]
            var total = 0;
            foreach (var (query, times) in queries.Zip(drawn))
                foreach (var (first, second) in query)
                    (counts[(int)first, (int)second], total) = (counts[(int)first, (int)second] + times, total + times);
            values[0] = All.Sum(outcome => counts[(int)outcome, (int)outcome]) / total;
            values[1] = (counts[(int)PairwiseOutcome.Win, (int)PairwiseOutcome.Lose]
                + counts[(int)PairwiseOutcome.Lose, (int)PairwiseOutcome.Win]) / total;
            values[2] = All.Sum(outcome =>
                All.Sum(other => counts[(int)outcome, (int)other]) * All.Sum(other => counts[(int)other, (int)outcome])) / total / total;
        }
    }
}
