using System.Globalization;

namespace Urial;

/// <summary>A claim of the paper set against a measurement: printed with n, the interval and the verdict.</summary>
public sealed class PaperClaim
{
    private readonly string _border;

    private PaperClaim(string text, Estimate measured, Verdict verdict, string border) =>
        (Text, Measured, Verdict, _border) = (text, measured, verdict, border);

    /// <summary>The claim in words.</summary>
    public string Text { get; }

    /// <summary>What was measured.</summary>
    public Estimate Measured { get; }

    /// <summary>What the measurement says of the claim.</summary>
    public Verdict Verdict { get; }

    /// <summary>The claim that a quantity lies above <paramref name="border"/>.</summary>
    public static PaperClaim Above(string text, Estimate measured, double border) => new(text, measured,
        measured.Interval.Low > border ? Verdict.Agrees : measured.Interval.High < border ? Verdict.Differs : Verdict.CannotTell,
        $"above {Show(border)}");

    /// <summary>The claim that a quantity lies below <paramref name="border"/>.</summary>
    public static PaperClaim Below(string text, Estimate measured, double border) => new(text, measured,
        measured.Interval.High < border ? Verdict.Agrees : measured.Interval.Low > border ? Verdict.Differs : Verdict.CannotTell,
        $"below {Show(border)}");

    /// <summary>The claim that a quantity lies between two borders.</summary>
    public static PaperClaim Between(string text, Estimate measured, double low, double high) => new(text, measured,
        measured.Interval.Low >= low && measured.Interval.High <= high ? Verdict.Agrees
        : measured.Interval.High < low || measured.Interval.Low > high ? Verdict.Differs : Verdict.CannotTell,
        $"between {Show(low)} and {Show(high)}");

    /// <summary>One line: the claim, the measurement with its interval and n, the verdict.</summary>
    public override string ToString() =>
        $"{Text} ({_border}): measured {FormattableString.Invariant($"{Measured.Value:F3} {Measured.Interval}, n = {Measured.N}")} → " +
        $"{Verdict switch { Verdict.Agrees => "agrees", Verdict.Differs => "differs", _ => "cannot tell" }}";

    private static string Show(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
