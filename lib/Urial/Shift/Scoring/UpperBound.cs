namespace Urial;

/// <summary>
/// The most that a divergence can be. In each unknown probability it is convex, so that it is largest where the unknown ones are as unequal
/// as can be: each at its cap or at 0, and one between. Which are at the cap: the tokens that the other distribution finds least probable.
/// </summary>
internal static class UpperBound
{
    private static readonly double HalfLn2 = 0.5 * Math.Log(2);

    /// <summary>The most that KL(P‖Q) can be: +∞ where P may have something on a token whose Q may be 0.</summary>
    public static double Kl(KnownTogether tokens)
    {
        // One token that Q does not tell has what the others leave, up to rounding.
        var last = tokens.Q.Others == 1 && tokens.OnlyP.Count == 1 ? ConvexDivergence.Kl(tokens.OnlyP[0], tokens.Q.LeastTail)
            : tokens.OnlyP.Any(p => p > 0) ? double.PositiveInfinity : 0;
        if (double.IsPositiveInfinity(last) || tokens.Neither > 0 && tokens.P.MostTail > 0)
            return double.PositiveInfinity;
        return last + tokens.Both.Sum(pair => ConvexDivergence.Kl(pair.P, pair.Q)) + Most(tokens, ConvexDivergence.Kl);
    }

    /// <summary>The most that the Jensen–Shannon divergence can be.</summary>
    /// <param name="tokens">P and Q.</param>
    /// <param name="turned">Q and P.</param>
    public static double Js(KnownTogether tokens, KnownTogether turned)
    {
        // f(p, q) ≤ f(p, 0) + f(0, q): a token known in neither counts once for each distribution.
        var sum = tokens.Both.Sum(pair => ConvexDivergence.JsTerm(pair.P, pair.Q))
            + HalfLn2 * (tokens.OnlyP.Sum() + tokens.OnlyQ.Sum()) + Most(tokens, Gain) + Most(turned, Gain);
        return Math.Min(Math.Log(2), sum);
    }

    private static double Gain(double p, double q) => ConvexDivergence.JsTerm(p, q) - HalfLn2 * q;

    // What P's unknown probabilities add at most, over the tails that they may have together.
    private static double Most(KnownTogether tokens, Func<double, double, double> term)
    {
        var (least, most, cap) = (tokens.P.LeastTail, tokens.P.MostTail, tokens.P.Cap);
        if (most <= 0 || cap <= 0)
            return 0;
        double[] others = [.. tokens.OnlyQ.Order()];
        var found = Math.Max(Filled(least), Filled(most));
        var whole = Math.Floor(most / cap) * cap; // between two such tails it is convex
        return whole > least ? Math.Max(found, Filled(whole)) : found;

        double Filled(double tail)
        {
            var sum = 0.0;
            var room = tokens.Neither + others.Length;
            for (var place = 0; tail > 0 && place < room; place++)
            {
                sum += term(Math.Min(cap, tail), place < tokens.Neither ? 0 : others[place - tokens.Neither]);
                tail -= cap;
            }
            return sum;
        }
    }
}
