using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// The rotary frequencies of a model, one for each pair of entries, in radians a position. Rules as in transformers 4.57
/// (modeling_rope_utils), step by step in f32 as there.
/// </summary>
internal static class RopeFrequencies
{
    /// <summary>The frequencies for a text of some length; the length matters beyond <see cref="RopeScaling.FixedUpTo"/> only.</summary>
    /// <param name="entries">How many entries of a head are turned.</param>
    /// <param name="theta">Their base.</param>
    /// <param name="scaling">How they are stretched.</param>
    /// <param name="length">Tokens of the text.</param>
    /// <returns>[entries / 2].</returns>
    public static float[] Of(int entries, double theta, RopeScaling scaling, long length)
    {
        var factor = (float)scaling.Factor;
        var plain = Plain(entries, scaling.Kind == RopeKind.Dynamic ? Stretched(entries, theta, scaling, length) : theta);
        return scaling.Kind switch
        {
            RopeKind.Linear => [.. plain.Select(frequency => frequency / factor)],
            RopeKind.Llama3 => [.. plain.Select(frequency => Llama3(frequency, scaling))],
            RopeKind.Yarn => Yarn(plain, entries, theta, scaling),
            RopeKind.LongRope => LongRope(plain, length > scaling.OriginalPositions ? scaling.LongFactors : scaling.ShortFactors),
            _ => plain,
        };
    }

    /// <summary>theta^(-2i/entries).</summary>
    private static float[] Plain(int entries, double theta)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        // Tensors, not numbers: see PinnedScalars.
        var exponents = tensor(Enumerable.Range(0, entries / 2).Select(i => 2f * i).ToArray()) / tensor((float)entries); // [entries / 2]
        return (tensor(1f) / pow(tensor((float)theta), exponents)).data<float>().ToArray();
    }

    private static double Stretched(int entries, double theta, RopeScaling scaling, long length)
    {
        var times = (double)Math.Max(length, scaling.OriginalPositions) / scaling.OriginalPositions;
        return theta * Math.Pow(scaling.Factor * times - (scaling.Factor - 1), entries / (entries - 2.0));
    }

    private static float Llama3(float frequency, RopeScaling scaling)
    {
        var (low, high, factor) = ((float)scaling.LowFrequencyFactor, (float)scaling.HighFrequencyFactor, (float)scaling.Factor);
        var wavelength = 2 * MathF.PI / frequency; // positions for one turn
        if (wavelength < scaling.OriginalPositions / high)
            return frequency;
        if (wavelength > scaling.OriginalPositions / low)
            return frequency / factor;
        var smooth = (scaling.OriginalPositions / wavelength - low) / (high - low);
        return (1 - smooth) * (frequency / factor) + smooth * frequency;
    }

    private static float[] Yarn(float[] plain, int entries, double theta, RopeScaling scaling)
    {
        var (low, high) = (Dimension(scaling.BetaFast), Dimension(scaling.BetaSlow));
        if (scaling.Truncate)
            (low, high) = (Math.Floor(low), Math.Ceiling(high));
        (low, high) = (Math.Max(low, 0), Math.Min(high, entries - 1));
        if (low == high)
            high += 0.001; // a ramp needs a width
        return [.. plain.Select((frequency, i) =>
        {
            var stretched = (float)Math.Clamp((i - low) / (high - low), 0, 1);
            return frequency / (float)scaling.Factor * stretched + frequency * (1 - stretched);
        })];

        // The dimension that turns so many times within the original context.
        double Dimension(double turns) =>
            entries * Math.Log(scaling.OriginalPositions / (turns * 2 * Math.PI)) / (2 * Math.Log(theta));
    }

    private static float[] LongRope(float[] plain, IReadOnlyList<double> factors) =>
        [.. plain.Select((frequency, i) => 1 / ((float)factors[i] * (1 / frequency)))];
}
