namespace Urial;

/// <summary>
/// A divergence D(P, Q) = Σ f(p, q) whose f is convex in both arguments together and homogeneous of degree 1, with what its tangents are:
/// f(p, q) ≥ α(r) p + β(r) q, with equality where p ÷ q = r.
/// </summary>
/// <param name="Term">f(p, q) in nats, for p and q of 0 or more.</param>
/// <param name="Alpha">∂f/∂p at p ÷ q = e^x.</param>
/// <param name="Beta">∂f/∂q at p ÷ q = e^x.</param>
internal sealed record ConvexDivergence(Func<double, double, double> Term, Func<double, double> Alpha, Func<double, double> Beta)
{
    /// <summary>KL(P‖Q).</summary>
    public static ConvexDivergence Forward { get; } = new(Kl, x => 1 + x, x => -Math.Exp(x));

    /// <summary>KL(Q‖P).</summary>
    public static ConvexDivergence Reverse { get; } = new((p, q) => Kl(q, p), x => -Math.Exp(-x), x => 1 - x);

    /// <summary>The Jensen–Shannon divergence.</summary>
    public static ConvexDivergence JensenShannon { get; } =
        new(JsTerm, x => -0.5 * LogMiddle(-x), x => -0.5 * LogMiddle(x));

    /// <summary>p ln(p ÷ q); 0 where p is, +∞ where q alone is.</summary>
    public static double Kl(double p, double q) => p == 0 ? 0 : q == 0 ? double.PositiveInfinity : p * (Math.Log(p) - Math.Log(q));

    /// <summary>A token's part of the Jensen–Shannon divergence: at most ½ ln 2 (p + q).</summary>
    public static double JsTerm(double p, double q)
    {
        var (larger, smaller) = p > q ? (p, q) : (q, p);
        if (larger == 0)
            return 0;
        var ratio = smaller / larger;
        // ln(larger ÷ middle) is −ln((1 + ratio) ÷ 2), which is exactly 0 where both agree.
        var log = Math.Log((1 + ratio) / 2);
        return 0.5 * (-(larger + smaller) * log + (smaller == 0 ? 0 : smaller * Math.Log(ratio)));
    }

    // ln((1 + e^x) ÷ 2), whatever x is.
    private static double LogMiddle(double x) => Math.Max(x, 0) + Math.Log((1 + Math.Exp(-Math.Abs(x))) / 2);
}
