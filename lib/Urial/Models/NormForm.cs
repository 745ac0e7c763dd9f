namespace Urial;

/// <summary>How a family normalises.</summary>
internal enum NormForm
{
    /// <summary>x / √(mean(x²) + ε) times the weight.</summary>
    Rms,

    /// <summary>The same, in f32 throughout, times 1 + the weight.</summary>
    RmsPlusOne,

    /// <summary>Mean 0 and variance 1, times the weight, plus the bias.</summary>
    Layer,
}
