namespace Urial.MicroWorld;

/// <summary>The learning rate by step: a linear warm-up, a plateau, a linear fall to a small remainder.</summary>
/// <param name="Peak">The rate of the plateau.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="WarmUp">Steps until the plateau.</param>
/// <param name="DecayShare">The share of the steps, at the end, over which the rate falls.</param>
public sealed record Schedule(double Peak, int Steps, int WarmUp, double DecayShare)
{
    /// <summary>What is left of the peak at the very end.</summary>
    public const double Remainder = 0.02;

    /// <summary>The rate of a step, counted from 0.</summary>
    public double Rate(int step)
    {
        var warm = Math.Min(1.0, (step + 1.0) / Math.Max(1, WarmUp));
        var left = DecayShare <= 0 ? 1.0 : (1.0 - (double)step / Steps) / DecayShare;
        return Peak * warm * Math.Clamp(left, Remainder, 1.0);
    }
}
