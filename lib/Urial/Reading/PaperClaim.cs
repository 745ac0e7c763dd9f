using System.Globalization;

namespace Urial;

/// <summary>
/// A claim of the paper set against a measurement: printed with n, the interval and the verdict. Where a measurement is given
/// <see cref="BothWays"/>, with the answers that did not end and without them, a verdict stands only if both give it.
/// </summary>
public sealed class PaperClaim
{
    private readonly BothWays _measured;
    private readonly string _border;

    private PaperClaim(string text, BothWays measured, Func<Interval, Verdict> verdict, string border)
    {
        (Text, _measured, _border) = (text, measured, border);
        var all = verdict(measured.All.Interval);
        // Where none ended there is nothing to hold the verdict against.
        Verdict = measured.NotEnded == 0 || measured.Ended is { } ended && verdict(ended.Interval) == all ? all : Verdict.CannotTell;
    }

    /// <summary>The claim in words.</summary>
    public string Text { get; }

    /// <summary>What was measured, over all answers.</summary>
    public Estimate Measured => _measured.All;

    /// <summary>The same over the answers that ended; null where all did, where none did, or where nobody told them apart.</summary>
    public Estimate? MeasuredEnded => _measured.Ended;

    /// <summary>What the measurement says of the claim.</summary>
    public Verdict Verdict { get; }

    /// <summary>The claim that a quantity lies above <paramref name="border"/>.</summary>
    public static PaperClaim Above(string text, BothWays measured, double border) => new(text, measured,
        interval => interval.Low > border ? Verdict.Agrees : interval.High < border ? Verdict.Differs : Verdict.CannotTell,
        $"above {Show(border)}");

    /// <summary>The claim that a quantity lies below <paramref name="border"/>.</summary>
    public static PaperClaim Below(string text, BothWays measured, double border) => new(text, measured,
        interval => interval.High < border ? Verdict.Agrees : interval.Low > border ? Verdict.Differs : Verdict.CannotTell,
        $"below {Show(border)}");

    /// <summary>The claim that a quantity lies between two borders.</summary>
    public static PaperClaim Between(string text, BothWays measured, double low, double high) => new(text, measured,
        interval => interval.Low >= low && interval.High <= high ? Verdict.Agrees
            : interval.High < low || interval.Low > high ? Verdict.Differs : Verdict.CannotTell,
        $"between {Show(low)} and {Show(high)}");

    /// <summary>One line: the claim, the measurement with its interval and n, with and without answers that did not end, the verdict.</summary>
    public override string ToString() =>
        $"{Text} ({_border}): measured {_measured.Words(m => FormattableString.Invariant($"{m.Value:F3} {m.Interval}, n = {m.N}"))} → " +
        $"{Verdict switch { Verdict.Agrees => "agrees", Verdict.Differs => "differs", _ => "cannot tell" }}";

    private static string Show(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
