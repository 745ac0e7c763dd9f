using System.Globalization;

namespace Urial;

/// <summary>
/// One row of a comparison of shares: a pair under some condition, measured here or published elsewhere, or the difference of two.
/// </summary>
public sealed record ShareRow
{
    private ShareRow(string name, string source, double[] shares, Interval?[] intervals, int? positions, int? answers,
        bool isDifference = false)
    {
        if (shares.Any(share => !(share >= (isDifference ? -1 : 0) && share <= 1))
            || Math.Abs(shares.Sum() - (isDifference ? 0 : 1)) > 0.006)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The shares of '{name}' must be {(isDifference ? "differences that sum to 0" : "fractions that sum to 1")}, "
                    + $"not {shares[0]} + {shares[1]} + {shares[2]} = {shares.Sum()}."));
        (Name, Source, _shares, _intervals, Positions, Answers, IsDifference) =
            (name, source, shares, intervals, positions, answers, isDifference);
    }

    /// <summary>The source of what was measured here.</summary>
    internal const string OwnSource = "measured here";

    /// <summary>The source of a difference.</summary>
    internal const string PairedSource = "paired by query";

    /// <summary>What is added to a name where answers that did not end are left out.</summary>
    internal const string EndedOnly = "ended only";

    private readonly double[] _shares; // by class
    private readonly Interval?[] _intervals; // by class

    /// <summary>The pair and the condition.</summary>
    public string Name { get; }

    /// <summary>Who measured it: <c>measured here</c>, <c>paper Fig.3</c>.</summary>
    public string Source { get; }

    /// <summary>The source, where it is not this place: of one's own rows it is said once, and not in each.</summary>
    internal string SourceIfOther => Source is OwnSource or PairedSource ? "" : Source;

    /// <summary>Positions that the shares rest on; null where it was not published.</summary>
    public int? Positions { get; }

    /// <summary>Answers that the shares rest on; null where it was not published.</summary>
    public int? Answers { get; }

    /// <summary>Those of the answers that did not end; null where it is not known.</summary>
    public int? NotEnded { get; init; }

    /// <summary>Whether the numbers were measured here.</summary>
    public bool Ours => _intervals.Any(interval => interval is not null);

    /// <summary>
    /// Whether the row is the difference of two others: its numbers are signed and sum to 0. Charts leave it out, tables show it.
    /// </summary>
    public bool IsDifference { get; }

    /// <summary>
    /// A pair's shares, the shares that its prompts alone make (<see cref="PromptControl"/>), and the difference between the two, paired by
    /// query: what is left for the weights. Every table of shares carries these three rows; and where some answers did not end, the same
    /// three without them.
    /// </summary>
    /// <param name="name">The pair.</param>
    /// <param name="answers">Its answers.</param>
    /// <param name="control">The same answers as <see cref="PromptControl"/> scores them.</param>
    /// <param name="withEos">Whether end-of-sequence tokens count.</param>
    /// <param name="macro">Means over answers instead of pooled positions.</param>
    /// <exception cref="UrialException">The two are not the same queries.</exception>
    public static IReadOnlyList<ShareRow> WithControl(
        string name, IReadOnlyList<ShiftedAnswer> answers, IReadOnlyList<ShiftedAnswer> control, bool withEos = true, bool macro = false)
    {
        return [.. Rows(name, answers, control),
            .. Endings.Divide(answers) ? Rows($"{name}, {EndedOnly}", answers.ThatEnded(), control.ThatEnded()) : []];

        ShareRow[] Rows(string called, IReadOnlyList<ShiftedAnswer> some, IReadOnlyList<ShiftedAnswer> controlled) =>
        [
            Measured(called, new ShiftTable(some).Summary(withEos), macro),
            Measured($"{called}: prompt alone", new ShiftTable(controlled).Summary(withEos), macro),
            Difference($"{called}: difference", ShiftComparison.Of(some, controlled, withEos), macro),
        ];
    }

    /// <summary>
    /// The same answers counted in every way: positions pooled (micro) or answers averaged (macro), with the end of sequence and without,
    /// all answers and those that ended.
    /// </summary>
    /// <exception cref="UrialException">No position is left to count in one of the ways.</exception>
    public static IReadOnlyList<ShareRow> InEveryWay(IReadOnlyList<ShiftedAnswer> answers)
    {
        var ended = answers.ThatEnded();
        return [.. Rows(withEos: true), .. Rows(withEos: false)];

        ShareRow[] Rows(bool withEos)
        {
            var (all, cut) = (new ShiftTable(answers).Summary(withEos), new ShiftTable(ended).Summary(withEos));
            var end = withEos ? "with" : "without";
            return [Row("micro", all), Row("micro", cut, $", {EndedOnly}"), Row("macro", all), Row("macro", cut, $", {EndedOnly}")];

            ShareRow Row(string count, ShiftSummary summary, string which = "") =>
                Measured($"{count}, {end} end of sequence{which}", summary, macro: count == "macro");
        }
    }

    /// <summary>The shares of each group of positions; where some of its answers did not end, without them in a second row.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="group">Names the group of a position, as in <see cref="ShiftGroups"/>.</param>
    /// <param name="order">The groups in the order wanted; null: largest first.</param>
    /// <exception cref="ArgumentException">No position is in a group.</exception>
    public static IReadOnlyList<ShareRow> ByGroup(
        IReadOnlyList<ShiftedAnswer> answers, Func<ShiftedAnswer, int, string?> group, IReadOnlyList<string>? order = null)
    {
        var ended = Endings.Divide(answers) ? ShiftGroups.Shares(answers.ThatEnded(), group, order: order) : [];
        return [.. ShiftGroups.Shares(answers, group, order: order).SelectMany(g => new[] { g }
            .Concat(ended.Where(e => e.Group == g.Group && g.NotEnded > 0).Select(e => e with { Group = $"{e.Group}, {EndedOnly}" })))
            .Select(Measured)];
    }

    /// <summary>The rows of <see cref="WithControl"/> for each group of positions, largest group first.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="control">The same answers as <see cref="PromptControl"/> scores them.</param>
    /// <param name="group">Names the group of a position, as in <see cref="ShiftGroups"/>.</param>
    /// <exception cref="ArgumentException">No position is in a group.</exception>
    public static IReadOnlyList<ShareRow> ByGroup(
        IReadOnlyList<ShiftedAnswer> answers, IReadOnlyList<ShiftedAnswer> control, Func<ShiftedAnswer, int, string?> group)
    {
        return [.. ShiftGroups.Shares(answers, group)
            .SelectMany(g => WithControl(g.Group, Only(answers, g.Group), Only(control, g.Group)))];

        ShiftedAnswer[] Only(IReadOnlyList<ShiftedAnswer> all, string name) =>
            [.. all.Select(answer => answer.Only((a, i) => group(a, i) == name)).OfType<ShiftedAnswer>()];
    }

    /// <summary>The pooled shares of one condition less those of another, in points of the table.</summary>
    public static ShareRow Difference(string name, ShiftDifference difference, bool macro = false)
    {
        var shares = macro ? difference.Macro : difference.Micro;
        return new(name, PairedSource, [shares.Unshifted.Value, shares.Marginal.Value, shares.Shifted.Value],
            [shares.Unshifted.Interval, shares.Marginal.Interval, shares.Shifted.Interval], null, difference.Queries, isDifference: true);
    }

    /// <summary>Our own shares with their intervals.</summary>
    public static ShareRow Measured(string name, ShiftShares shares, int positions, int answers, string source = OwnSource) =>
        new(name, source, [shares.Unshifted.Value, shares.Marginal.Value, shares.Shifted.Value],
            [shares.Unshifted.Interval, shares.Marginal.Interval, shares.Shifted.Interval], positions, answers);

    /// <summary>The pooled shares of a summary, which is how the paper counts; macro shares on request.</summary>
    public static ShareRow Measured(string name, ShiftSummary summary, bool macro = false) =>
        Measured(name, macro ? summary.Macro : summary.Micro, summary.Positions, summary.Answers) with { NotEnded = summary.NotEnded };

    /// <summary>The pooled shares of answers.</summary>
    /// <param name="name">What they are called.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="withEos">Whether end-of-sequence tokens count.</param>
    /// <exception cref="UrialException">No position is left to count.</exception>
    public static ShareRow Measured(string name, IReadOnlyList<ShiftedAnswer> answers, bool withEos = true) =>
        Measured(name, new ShiftTable(answers).Summary(withEos));

    /// <summary>The pooled shares of one group of positions: a label, a kind of question.</summary>
    public static ShareRow Measured(GroupedShares group) =>
        Measured(group.Group, group.Shares, group.Positions, group.Answers) with { NotEnded = group.NotEnded };

    /// <summary>Shares that somebody else published, in percent as printed.</summary>
    /// <exception cref="ArgumentException">The percentages do not sum to 100 within rounding.</exception>
    public static ShareRow Published(string name, double unshifted, double marginal, double shifted, string source, int? positions = null,
        int? answers = null) =>
        new(name, source, [unshifted / 100, marginal / 100, shifted / 100], [null, null, null], positions, answers);

    /// <summary>The share of a class, 0 to 1.</summary>
    public double Share(ShiftClass shift) => _shares[(int)shift];

    /// <summary>The interval of a class's share; null where none was published.</summary>
    public Interval? Interval(ShiftClass shift) => _intervals[(int)shift];

    /// <summary>How much the shares rest on, in words; empty where unknown.</summary>
    public string N => (Positions, Answers) switch
    {
        ({ } positions, { } answers) => $"n = {Numbers.Count(positions)} tokens of {Numbers.Count(answers)} answers",
        ({ } positions, null) => $"n = {Numbers.Count(positions)} tokens",
        (null, { } answers) => $"n = {Numbers.Count(answers)} answers",
        _ => "",
    };
}
