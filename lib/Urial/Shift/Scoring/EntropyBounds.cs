namespace Urial;

/// <summary>
/// The least and the most that a distribution's entropy can be. It is concave in the unknown probabilities: least where each is at its cap
/// or 0, and one between; most where all are the same.
/// </summary>
internal static class EntropyBounds
{
    /// <summary>The bounds, in nats.</summary>
    public static Bounds Of(KnownDistribution side)
    {
        var known = side.Known.Sum(token => Term(token.Probability));
        if (side.IsWhole)
            return Bounds.Exactly(Math.Max(0, known));
        var (least, most, cap, others) = (side.LeastTail, side.MostTail, side.Cap, side.Others);
        var low = Math.Min(Unequal(least, cap), Unequal(most, cap));
        if (cap > 0 && Math.Floor(most / cap) * cap is var whole && whole > least)
            low = Math.Min(low, Unequal(whole, cap));
        var flattest = Math.Clamp(others / Math.E, least, most); // the tail at which even shares have most
        return new Bounds(Math.Max(0, known + low), Math.Max(0, known + others * Term(flattest / others)));
    }

    private static double Unequal(double tail, double cap)
    {
        if (cap <= 0)
            return 0;
        var full = Math.Floor(tail / cap);
        return full * Term(cap) + Term(Math.Max(0, tail - full * cap));
    }

    private static double Term(double p) => p <= 0 ? 0 : -p * Math.Log(p);
}
