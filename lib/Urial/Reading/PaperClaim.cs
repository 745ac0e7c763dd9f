using System.Globalization;

namespace Urial;

/// <summary>
/// A claim of the paper set against a measurement: printed with n, the interval and the verdict. Where some answers did not end (they
/// were cut at the limit of tokens, often inside a loop), the measurement is made with and without them, and a verdict that depends on
/// them is "cannot tell".
/// </summary>
public sealed class PaperClaim
{
    private readonly string _border;

    private PaperClaim(string text, string border, Estimate measured, Estimate? ended, Func<Interval, Verdict> judge)
    {
        (Text, _border, Measured, Ended) = (text, border, measured, ended);
        DependsOnUnended = ended is not null && judge(ended.Interval) != judge(measured.Interval);
        Verdict = DependsOnUnended ? Verdict.CannotTell : judge(measured.Interval);
    }

    /// <summary>The claim in words.</summary>
    public string Text { get; }

    /// <summary>What was measured.</summary>
    public Estimate Measured { get; }

    /// <summary>The same without the answers that did not end; null where that was not asked.</summary>
    public Estimate? Ended { get; }

    /// <summary>Whether the answers that did not end decide the verdict, which is then none.</summary>
    public bool DependsOnUnended { get; }

    /// <summary>What the measurement says of the claim.</summary>
    public Verdict Verdict { get; }

    /// <summary>The claim that a quantity lies above <paramref name="border"/>.</summary>
    /// <param name="text">The claim in words.</param>
    /// <param name="measured">What was measured.</param>
    /// <param name="border">The border.</param>
    /// <param name="ended">The same without the answers that did not end; null: that was not asked.</param>
    public static PaperClaim Above(string text, Estimate measured, double border, Estimate? ended = null) => new(
        text, $"above {Show(border)}", measured, ended,
        interval => interval.Low > border ? Verdict.Agrees : interval.High < border ? Verdict.Differs : Verdict.CannotTell);

    /// <summary>The claim that a quantity lies below <paramref name="border"/>.</summary>
    /// <inheritdoc cref="Above"/>
    public static PaperClaim Below(string text, Estimate measured, double border, Estimate? ended = null) => new(
        text, $"below {Show(border)}", measured, ended,
        interval => interval.High < border ? Verdict.Agrees : interval.Low > border ? Verdict.Differs : Verdict.CannotTell);

    /// <summary>The claim that a quantity lies between two borders.</summary>
    /// <param name="text">The claim in words.</param>
    /// <param name="measured">What was measured.</param>
    /// <param name="low">The low border.</param>
    /// <param name="high">The high border.</param>
    /// <param name="ended">The same without the answers that did not end; null: that was not asked.</param>
    public static PaperClaim Between(string text, Estimate measured, double low, double high, Estimate? ended = null) => new(
        text, $"between {Show(low)} and {Show(high)}", measured, ended,
        interval => interval.Low >= low && interval.High <= high ? Verdict.Agrees
            : interval.High < low || interval.Low > high ? Verdict.Differs : Verdict.CannotTell);

    /// <summary>One line: the claim, the measurement with its interval and n, the same without answers that did not end, the verdict.</summary>
    public override string ToString()
    {
        var without = Ended is null ? "" : Ended == Measured ? "; all answers ended" : $"; without answers that did not end {Numbers(Ended)}";
        return $"{Text} ({_border}): measured {Numbers(Measured)}{without} → " +
            $"{Verdict switch { Verdict.Agrees => "agrees", Verdict.Differs => "differs", _ => "cannot tell" }}" +
            $"{(DependsOnUnended ? " (it depends on the answers that did not end)" : "")}";
    }

    private static string Numbers(Estimate estimate) => FormattableString.Invariant($"{estimate.Value:F3} {estimate.Interval}, n = {estimate.N}");

    private static string Show(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
