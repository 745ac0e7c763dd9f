namespace Urial;

/// <summary>One row of a comparison of shares: a pair under some condition, measured here or published elsewhere.</summary>
public sealed record ShareRow
{
    private ShareRow(string name, string source, double[] shares, Interval?[] intervals, int? positions, int? answers)
    {
        if (shares.Any(share => !(share >= 0 && share <= 1)) || Math.Abs(shares.Sum() - 1) > 0.006)
            throw new ArgumentException(FormattableString.Invariant(
                $"The shares of '{name}' must be fractions that sum to 1, not {shares[0]} + {shares[1]} + {shares[2]} = {shares.Sum()}."));
        (Name, Source, this.shares, this.intervals, Positions, Answers) = (name, source, shares, intervals, positions, answers);
    }

    private readonly double[] shares; // by class
    private readonly Interval?[] intervals; // by class

    /// <summary>The pair and the condition.</summary>
    public string Name { get; }

    /// <summary>Who measured it: <c>measured here</c>, <c>paper Fig.3</c>.</summary>
    public string Source { get; }

    /// <summary>Positions that the shares rest on; null where it was not published.</summary>
    public int? Positions { get; }

    /// <summary>Answers that the shares rest on; null where it was not published.</summary>
    public int? Answers { get; }

    /// <summary>Whether the numbers were measured here.</summary>
    public bool Ours => intervals.Any(interval => interval is not null);

    /// <summary>Our own shares with their intervals.</summary>
    public static ShareRow Measured(string name, ShiftShares shares, int positions, int answers, string source = "measured here") =>
        new(name, source, [shares.Unshifted.Value, shares.Marginal.Value, shares.Shifted.Value],
            [shares.Unshifted.Interval, shares.Marginal.Interval, shares.Shifted.Interval], positions, answers);

    /// <summary>The pooled shares of a summary, which is how the paper counts; macro shares on request.</summary>
    public static ShareRow Measured(string name, ShiftSummary summary, bool macro = false) =>
        Measured(name, macro ? summary.Macro : summary.Micro, summary.Positions, summary.Answers);

    /// <summary>Shares that somebody else published, in percent as printed.</summary>
    /// <exception cref="ArgumentException">The percentages do not sum to 100 within rounding.</exception>
    public static ShareRow Published(string name, double unshifted, double marginal, double shifted, string source, int? positions = null, int? answers = null) =>
        new(name, source, [unshifted / 100, marginal / 100, shifted / 100], [null, null, null], positions, answers);

    /// <summary>The share of a class, 0 to 1.</summary>
    public double Share(ShiftClass shift) => shares[(int)shift];

    /// <summary>The interval of a class's share; null where none was published.</summary>
    public Interval? Interval(ShiftClass shift) => intervals[(int)shift];

    /// <summary>How much the shares rest on, in words; empty where unknown.</summary>
    public string N => (Positions, Answers) switch
    {
        ({ } positions, { } answers) => $"n = {Numbers.Count(positions)} tokens of {Numbers.Count(answers)} answers",
        ({ } positions, null) => $"n = {Numbers.Count(positions)} tokens",
        (null, { } answers) => $"n = {Numbers.Count(answers)} answers",
        _ => "",
    };
}
