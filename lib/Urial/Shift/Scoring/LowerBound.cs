namespace Urial;

/// <summary>
/// The least that a divergence Σ f(p, q) can be. Lagrange duality: with α and β of the tangent at any ratio r = p ÷ q
/// (<see cref="ConvexDivergence"/>) and the other tokens of P having t_P together and at most c_P each, those of Q t_Q and c_Q,
/// D ≥ Σ f over tokens known in both + α t_P + β t_Q + Σ min over q ≤ c_Q of (f(p, q) − β q) over tokens known in P alone
/// + Σ min over p ≤ c_P of (f(p, q) − α p) over tokens known in Q alone; of a token known in neither the minimum is 0. The minima lie at
/// q = min(c_Q, p ÷ r) and p = min(c_P, r q). Every r gives a bound; the best one is a root of the derivative, whose sign is that of
/// t_P − r t_Q + Σ min(p, r c_Q) − Σ min(c_P, r q).
/// </summary>
internal static class LowerBound
{
    private const double Widest = 50; // of ln r: beyond it probabilities are too small to matter
    private const int Steps = 50;     // the places where a sign may change, over that range
    private const int Halvings = 40;

    /// <summary>The bound, in nats.</summary>
    public static double Of(ConvexDivergence f, KnownTogether tokens)
    {
        var known = 0.0;
        foreach (var (p, q) in tokens.Both)
            known += f.Term(p, q);
        if (double.IsPositiveInfinity(known))
            return known;
        var best = double.NegativeInfinity;
        // Where one distribution is known throughout there is one root, and many tokens.
        var steps = tokens.P.IsWhole || tokens.Q.IsWhole ? 1 : Steps;
        var (low, sign) = (-Widest, Slope(tokens, -Widest));
        for (var step = 1; step <= steps; step++)
        {
            var high = -Widest + 2 * Widest * step / steps;
            var next = Slope(tokens, high);
            if (sign >= 0 && next <= 0)
                best = Math.Max(best, At(f, tokens, Root(tokens, low, high)));
            (low, sign) = (high, next);
        }
        best = Math.Max(best, Math.Max(At(f, tokens, 0), Math.Max(At(f, tokens, -Widest), At(f, tokens, Widest))));
        return Math.Max(0, known + best);
    }

    private static double Root(KnownTogether tokens, double low, double high)
    {
        for (var i = 0; i < Halvings; i++)
        {
            var middle = 0.5 * (low + high);
            if (Slope(tokens, middle) > 0)
                low = middle;
            else
                high = middle;
        }
        return 0.5 * (low + high);
    }

    private static double Slope(KnownTogether tokens, double logRatio)
    {
        var (r, capP, capQ) = (Math.Exp(logRatio), tokens.P.Cap, tokens.Q.Cap);
        var slope = Middle(tokens.P) - r * Middle(tokens.Q);
        foreach (var p in tokens.OnlyP)
            slope += Math.Min(p, r * capQ);
        foreach (var q in tokens.OnlyQ)
            slope -= Math.Min(capP, r * q);
        return slope;
    }

    private static double At(ConvexDivergence f, KnownTogether tokens, double logRatio)
    {
        var (r, alpha, beta) = (Math.Exp(logRatio), f.Alpha(logRatio), f.Beta(logRatio));
        var (capP, capQ) = (tokens.P.Cap, tokens.Q.Cap);
        var sum = Least(alpha, tokens.P) + Least(beta, tokens.Q);
        foreach (var p in tokens.OnlyP)
        {
            var q = Math.Min(capQ, p / r);
            sum += f.Term(p, q) - beta * q;
        }
        foreach (var q in tokens.OnlyQ)
        {
            var p = Math.Min(capP, r * q);
            sum += f.Term(p, q) - alpha * p;
        }
        return sum;
    }

    private static double Middle(KnownDistribution side) => 0.5 * (side.LeastTail + side.MostTail);

    private static double Least(double slope, KnownDistribution side) => slope * (slope > 0 ? side.LeastTail : side.MostTail);
}
