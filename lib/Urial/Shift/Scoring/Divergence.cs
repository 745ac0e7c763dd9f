namespace Urial;

/// <summary>
/// Entropy and divergences of distributions over a whole vocabulary, in nats, from natural-log probabilities.
/// A token of probability 0 has log probability −∞; it adds nothing to an entropy, nothing to KL(p‖q) where p
/// is 0, and makes KL(p‖q) infinite where only q is 0.
/// </summary>
/// <remarks>
/// The reference code's "KL" sums over the overlap of two renormalised top-k lists: it is no divergence and can
/// be negative. These sum over every token. Sums are kept in double, whatever the models' precision.
/// </remarks>
public static class Divergence
{
    // f32 log probabilities over 260,000 tokens sum to 1 within 1e-5; a vector of logits does not come close.
    private const double SumTolerance = 1e-3;

    /// <summary>KL(p‖q) = Σ p (ln p − ln q): the nats lost when q is believed and p is true.</summary>
    /// <param name="logP">Log probabilities of the first distribution. // [vocabulary]</param>
    /// <param name="logQ">Log probabilities of the second distribution. // [vocabulary]</param>
    /// <returns>Nats, 0 or more; +∞ where p holds a token that q excludes.</returns>
    /// <exception cref="ArgumentException">The two differ in length, or one is no distribution.</exception>
    public static double Kl(ReadOnlySpan<double> logP, ReadOnlySpan<double> logQ)
    {
        Check(logP, logQ);
        var sum = 0.0;
        for (var i = 0; i < logP.Length; i++)
            sum += Term(logP[i], logQ[i]);
        return Math.Max(0, sum); // rounding alone could carry it below 0
    }

    /// <summary>The terms of KL(p‖q), token by token; single terms may be negative, their sum is not.</summary>
    /// <inheritdoc cref="Kl" path="/param"/>
    /// <returns>p (ln p − ln q) in nats for each token. // [vocabulary]</returns>
    /// <exception cref="ArgumentException">The two differ in length, or one is no distribution.</exception>
    public static double[] KlTerms(ReadOnlySpan<double> logP, ReadOnlySpan<double> logQ)
    {
        Check(logP, logQ);
        var terms = new double[logP.Length];
        for (var i = 0; i < terms.Length; i++)
            terms[i] = Term(logP[i], logQ[i]);
        return terms;
    }

    /// <summary>Jensen–Shannon divergence: the mean of KL(p‖m) and KL(q‖m) with m halfway between p and q.</summary>
    /// <inheritdoc cref="Kl" path="/param"/>
    /// <returns>Nats, from 0 (equal) to ln 2 (nothing in common); symmetric in p and q.</returns>
    /// <exception cref="ArgumentException">The two differ in length, or one is no distribution.</exception>
    public static double Js(ReadOnlySpan<double> logP, ReadOnlySpan<double> logQ)
    {
        Check(logP, logQ);
        var sum = 0.0;
        for (var i = 0; i < logP.Length; i++)
        {
            var logM = LogMiddle(logP[i], logQ[i]);
            sum += 0.5 * (Term(logP[i], logM) + Term(logQ[i], logM));
        }
        return Math.Clamp(sum, 0, Math.Log(2));
    }

    /// <summary>Entropy −Σ p ln p.</summary>
    /// <param name="logP">Log probabilities. // [vocabulary]</param>
    /// <returns>Nats, from 0 (one certain token) to ln of the vocabulary's size (uniform).</returns>
    /// <exception cref="ArgumentException">It is no distribution.</exception>
    public static double Entropy(ReadOnlySpan<double> logP)
    {
        Check(logP);
        var sum = 0.0;
        foreach (var log in logP)
            if (!double.IsNegativeInfinity(log))
                sum -= Math.Exp(log) * log;
        return Math.Max(0, sum);
    }

    /// <summary>Log probabilities from logits: each logit less the log of the sum of their exponentials.</summary>
    /// <param name="logits">Scores of a model, finite or −∞ for an excluded token. // [vocabulary]</param>
    /// <returns>Natural-log probabilities. // [vocabulary]</returns>
    /// <exception cref="ArgumentException">There are none, one is NaN or +∞, or all are −∞.</exception>
    public static double[] LogSoftmax(ReadOnlySpan<float> logits)
    {
        var largest = double.NegativeInfinity;
        foreach (var logit in logits)
        {
            if (float.IsNaN(logit) || float.IsPositiveInfinity(logit))
                throw new ArgumentException(FormattableString.Invariant($"A logit is {logit}; log probabilities need numbers."),
                    nameof(logits));
            largest = Math.Max(largest, logit);
        }
        if (double.IsNegativeInfinity(largest))
            throw new ArgumentException("No token is possible: there are no logits, or all are −∞.", nameof(logits));
        var sum = 0.0;
        foreach (var logit in logits)
            sum += Math.Exp(logit - largest); // the largest is taken out so that no exponential overflows
        var logSum = Math.Log(sum);
        var log = new double[logits.Length];
        for (var i = 0; i < log.Length; i++)
            log[i] = logits[i] - largest - logSum; // in this order: beside a large logit the sum would be rounded away
        return log;
    }

    private static double Term(double logP, double logQ) =>
        double.IsNegativeInfinity(logP) ? 0 : Math.Exp(logP) * (logP - logQ);

    private static double LogMiddle(double logP, double logQ)
    {
        var (high, low) = logP > logQ ? (logP, logQ) : (logQ, logP);
        return double.IsNegativeInfinity(high) ? high : high + Math.Log((1 + Math.Exp(low - high)) / 2);
    }

    private static void Check(ReadOnlySpan<double> logP, ReadOnlySpan<double> logQ)
    {
        if (logP.Length != logQ.Length)
            throw new ArgumentException(
                $"Two distributions over one vocabulary must be of one length, not {logP.Length} and {logQ.Length}.");
        Check(logP);
        Check(logQ);
    }

    private static void Check(ReadOnlySpan<double> logP)
    {
        var sum = 0.0;
        foreach (var log in logP)
            sum += Math.Exp(log);
        if (!(Math.Abs(sum - 1) < SumTolerance)) // written so that NaN fails as well
            throw new ArgumentException(FormattableString.Invariant(
                $"Log probabilities whose exponentials sum to {sum} instead of 1 are no distribution; take LogSoftmax of logits first."));
    }
}
