namespace Urial.MicroWorld;

/// <summary>The learning rate by step: a linear warm-up, a plateau, a linear fall to a small remainder.</summary>
/// <param name="Peak">The rate of the plateau.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="WarmUp">Steps until the plateau.</param>
/// <param name="DecayShare">The share of a cycle's steps, at its end, over which the rate falls.</param>
/// <param name="Cycles">How often that happens: a run whose rate has come down goes on from there with a new warm-up.</param>
public sealed record Schedule(double Peak, int Steps, int WarmUp, double DecayShare, int Cycles = 1)
{
    /// <summary>What is left of the peak at the very end.</summary>
    public const double Remainder = 0.02;

    /// <summary>The rate of a step, counted from 0.</summary>
    public double Rate(int step)
    {
        var length = Steps / Cycles;
        step -= Math.Min(step / length, Cycles - 1) * length;
        var warm = Math.Min(1.0, (step + 1.0) / Math.Max(1, WarmUp));
        var left = DecayShare <= 0 ? 1.0 : (1.0 - (double)step / length) / DecayShare;
        return Peak * warm * Math.Clamp(left, Remainder, 1.0);
    }
}
