using System.Globalization;

namespace Urial;

/// <summary>
/// A claim of the paper set against a measurement: printed with n, the interval and the verdict. Where some answers did not end (they
/// were cut at the limit of tokens, often inside a loop), the measurement is made <see cref="BothWays"/>, with and without them, and a
/// verdict that depends on them is "cannot tell".
/// </summary>
public sealed class PaperClaim
{
    private readonly BothWays _measured;
    private readonly double _signTest = 1; // p, where the claim was held to it

    private PaperClaim(string text, string border, BothWays measured, Func<Interval, Verdict> judge)
    {
        (Text, Border, _measured) = (text, border, measured);
        var all = judge(measured.All.Interval);
        // Where none ended there is nothing to hold the verdict against.
        DependsOnUnended = measured.NotEnded > 0 && (measured.Ended is null || judge(measured.Ended.Interval) != all);
        Verdict = DependsOnUnended ? Verdict.CannotTell : all;
    }

    private PaperClaim(PaperClaim claim, string source)
    {
        (Text, Border, Source, _measured, _signTest) = (claim.Text, claim.Border, source, claim._measured, claim._signTest);
        (Verdict, DependsOnUnended, RestsOnFew) = (claim.Verdict, claim.DependsOnUnended, claim.RestsOnFew);
    }

    private PaperClaim(PaperClaim claim, double signTest)
    {
        (Text, Border, Source, _measured, _signTest) = (claim.Text, claim.Border, claim.Source, claim._measured, signTest);
        DependsOnUnended = claim.DependsOnUnended;
        RestsOnFew = claim.Verdict != Verdict.CannotTell && signTest > 0.05;
        Verdict = RestsOnFew ? Verdict.CannotTell : claim.Verdict;
    }

    /// <summary>The claim in words.</summary>
    public string Text { get; }

    /// <summary>Where a measurement must lie: <c>above 0.5</c>.</summary>
    public string Border { get; }

    /// <summary>Where the paper says it: <c>section 2.2</c>; null where the claim is this project's own.</summary>
    public string? Source { get; }

    /// <summary>What was measured, over all answers.</summary>
    public Estimate Measured => _measured.All;

    /// <summary>The same over the answers that ended; null where all did, where none did, or where nobody told them apart.</summary>
    public Estimate? MeasuredEnded => _measured.Ended;

    /// <summary>Whether the answers that did not end decide the verdict, which is then none.</summary>
    public bool DependsOnUnended { get; }

    /// <summary>Whether the interval alone would give a verdict that the sign test does not carry: too few answers differ.</summary>
    public bool RestsOnFew { get; }

    /// <summary>What the measurement says of the claim.</summary>
    public Verdict Verdict { get; }

    /// <summary>The claim that a quantity lies above <paramref name="border"/>.</summary>
    /// <param name="text">The claim in words.</param>
    /// <param name="measured">What was measured.</param>
    /// <param name="border">The border.</param>
    public static PaperClaim Above(string text, BothWays measured, double border) => new(
        text, $"above {Show(border)}", measured,
        interval => interval.Low > border ? Verdict.Agrees : interval.High < border ? Verdict.Differs : Verdict.CannotTell);

    /// <summary>The claim that a quantity lies below <paramref name="border"/>.</summary>
    /// <inheritdoc cref="Above"/>
    public static PaperClaim Below(string text, BothWays measured, double border) => new(
        text, $"below {Show(border)}", measured,
        interval => interval.High < border ? Verdict.Agrees : interval.Low > border ? Verdict.Differs : Verdict.CannotTell);

    /// <summary>The claim that a quantity lies between two borders.</summary>
    /// <param name="text">The claim in words.</param>
    /// <param name="measured">What was measured.</param>
    /// <param name="low">The low border.</param>
    /// <param name="high">The high border.</param>
    public static PaperClaim Between(string text, BothWays measured, double low, double high) => new(
        text, $"between {Show(low)} and {Show(high)}", measured,
        interval => interval.Low >= low && interval.High <= high ? Verdict.Agrees
            : interval.High < low || interval.Low > high ? Verdict.Differs : Verdict.CannotTell);

    /// <summary>The same claim as one that the paper makes; without this call a claim counts as this project's own.</summary>
    /// <param name="source">Where the paper makes it: a section, a table or a figure.</param>
    /// <exception cref="ArgumentException">The source is empty.</exception>
    public PaperClaim From(string source)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        return new PaperClaim(this, source);
    }

    /// <summary>
    /// The same claim, of a paired difference, held to the sign test as well. Where few answers differ, a bootstrap interval can exclude
    /// zero although so uneven a split is not rare by chance; such a verdict is "cannot tell".
    /// </summary>
    /// <param name="outcomes">On how many of the queries each side is ahead.</param>
    public PaperClaim HeldTo(WinTieLose outcomes) => new(this, outcomes.SignTest);

    /// <summary>
    /// One line: the claim and whose it is, the measurement with its interval and n, with and without answers that did not end, the
    /// verdict.
    /// </summary>
    public override string ToString() =>
        $"{Text} ({(Source is null ? "" : $"the paper, {Source}; ")}{Border}): measured " +
        $"{_measured.Written(m => FormattableString.Invariant($"{m.Value:F3} {m.Interval}, n = {m.N}"))} → " +
        $"{Verdict switch { Verdict.Agrees => "agrees", Verdict.Differs => "differs", _ => "cannot tell" }}" +
        $"{(DependsOnUnended ? " (it depends on the answers that did not end)" : "")}" +
        (RestsOnFew ? FormattableString.Invariant($" (too few answers differ: sign test p = {_signTest:0.000})") : "");

    private static string Show(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
