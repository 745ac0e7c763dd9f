using System.Numerics.Tensors;

namespace Urial;

/// <summary>From next-token logits to a token.</summary>
internal static class Sampling
{
    /// <summary>
    /// The distribution that a token is drawn from: temperature, then top-k, top-p and min-p, each over what the one before left.
    /// Temperature 0 puts everything on the most likely token. The repetition penalty is applied to the logits before, see
    /// <see cref="Penalise"/>. Where equal logits meet a cut of top-p, the smaller id is kept; top-k keeps all that equal the last one kept
    /// (as transformers does).
    /// </summary>
    /// <param name="logits">Next-token logits. // [vocabulary]</param>
    /// <param name="options">Temperature, top-k, top-p and min-p are used.</param>
    /// <returns>Probabilities that sum to 1. // [vocabulary]</returns>
    /// <exception cref="UrialException">A logit is NaN or +∞, or an option is out of its range.</exception>
    public static double[] Distribution(ReadOnlySpan<float> logits, GenerationOptions options)
    {
        options.Check();
        var best = Best(logits);
        var probabilities = new double[logits.Length];
        if (options.Temperature == 0)
        {
            probabilities[best] = 1;
            return probabilities;
        }
        for (var id = 0; id < logits.Length; id++)
            probabilities[id] = Math.Exp(((double)logits[id] - logits[best]) / options.Temperature);
        if (options.TopK > 0 && options.TopK < logits.Length)
            KeepAtLeast(probabilities, probabilities.OrderDescending().ElementAt(options.TopK - 1));
        if (options.TopP < 1)
            KeepNucleus(probabilities, options.TopP);
        if (options.MinP > 0)
            KeepAtLeast(probabilities, options.MinP); // the most likely token's weight is 1
        TensorPrimitives.Divide(probabilities, TensorPrimitives.Sum<double>(probabilities), probabilities);
        return probabilities;
    }

    /// <summary>The most likely token; of equals, the smallest id.</summary>
    /// <param name="logits">Next-token logits. // [vocabulary]</param>
    /// <exception cref="UrialException">A logit is NaN or +∞, or all are −∞.</exception>
    public static int Best(ReadOnlySpan<float> logits)
    {
        var best = TensorPrimitives.IndexOfMax(logits); // a NaN counts as the largest
        return float.IsFinite(logits[best]) ? best : throw Logits.NotNumbers();
    }

    /// <summary>By how much the most likely token's logit exceeds the next largest; +∞ where there is no other.</summary>
    internal static float Lead(ReadOnlySpan<float> logits)
    {
        var best = Best(logits);
        var next = float.NegativeInfinity;
        for (var id = 0; id < logits.Length; id++)
            if (id != best && logits[id] > next)
                next = logits[id];
        return logits[best] - next;
    }

    /// <summary>
    /// Applies the repetition penalty to the logits of seen tokens: positive ones are divided by it, negative ones multiplied.
    /// </summary>
    /// <param name="logits">Next-token logits, changed in place. // [vocabulary]</param>
    /// <param name="seen">The ids that are in the prompt or the answer so far.</param>
    /// <param name="penalty">1 changes nothing.</param>
    public static void Penalise(Span<float> logits, IReadOnlySet<int> seen, double penalty)
    {
        if (penalty == 1)
            return;
        foreach (var id in seen)
            logits[id] = (float)(logits[id] > 0 ? logits[id] / penalty : logits[id] * penalty);
    }

    /// <summary>The token for one answer, which draws from a stream of its own, at one position.</summary>
    internal static int Choose(ReadOnlySpan<float> logits, GenerationOptions options, ulong stream, int position)
    {
        if (options.Temperature == 0)
            return Best(logits);
        var left = Uniform(options.Seed, stream, position);
        var probabilities = Distribution(logits, options);
        var last = 0;
        for (var id = 0; id < probabilities.Length; id++)
        {
            if (probabilities[id] == 0)
                continue;
            last = id;
            left -= probabilities[id];
            if (left < 0)
                break;
        }
        return last;
    }

    /// <summary>
    /// A number in [0, 1) that depends on nothing but the three: the same on every machine, in every batch. SplitMix64 (Steele, Lea and
    /// Flood 2014).
    /// </summary>
    private static double Uniform(int seed, ulong stream, int position) =>
        (Mix(Mix(Mix((uint)seed) + stream) + (uint)position) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
        return state ^ (state >> 31);
    }

    private static void KeepAtLeast(Span<double> weights, double least)
    {
        foreach (ref var weight in weights)
            if (weight < least)
                weight = 0;
    }

    private static void KeepNucleus(double[] weights, double share)
    {
        var wanted = share * TensorPrimitives.Sum<double>(weights);
        // stable: equals by id
        int[] order = [.. Enumerable.Range(0, weights.Length).Where(id => weights[id] > 0).OrderByDescending(id => weights[id])];
        double sum = 0;
        foreach (var id in order)
        {
            var weight = weights[id];
            if (sum >= wanted)
                weights[id] = 0;
            sum += weight;
        }
    }
}
