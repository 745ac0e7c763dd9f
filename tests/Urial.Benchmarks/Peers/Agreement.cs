using System.Numerics.Tensors;

namespace Urial.Benchmarks;

/// <summary>Whether both sides compute the same: a peer that computes something else says nothing.</summary>
/// <param name="Model">Which weights.</param>
/// <param name="Positions">Positions compared.</param>
/// <param name="MaxDifference">Largest difference of a logit.</param>
/// <param name="Spread">Standard deviation of our logits: what the difference is to be held against.</param>
/// <param name="SameTop">Positions whose most likely token is the same.</param>
/// <param name="Allowed">The largest share of the spread that rounding explains.</param>
internal sealed record Agreement(string Model, int Positions, double MaxDifference, double Spread, int SameTop, double Allowed)
{
    /// <summary>Whether rounding explains the difference; never where a logit is NaN.</summary>
    public bool IsGiven => MaxDifference <= Allowed * Spread;

    /// <summary>Compares logits. // [positions · vocabulary] each</summary>
    public static Agreement Of(string model, float[] ours, float[] theirs, int vocabulary, double allowed)
    {
        var positions = ours.Length / vocabulary;
        var same = Enumerable.Range(0, positions).Count(at => Top(ours, at) == Top(theirs, at));
        double furthest = 0;
        for (var i = 0; i < ours.Length; i++)
            furthest = Math.Max(furthest, Math.Abs((double)ours[i] - theirs[i])); // NaN stays
        return new Agreement(model, positions, furthest, TensorPrimitives.StdDev<float>(ours), same, allowed);

        int Top(float[] logits, int at) => TensorPrimitives.IndexOfMax<float>(logits.AsSpan(at * vocabulary, vocabulary));
    }
}
