namespace Urial;

/// <summary>How a mean counts "N/A", a judge's word that an aspect does not apply.</summary>
public enum NaPolicy
{
    /// <summary>It is left out, and n is smaller.</summary>
    Exclude,

    /// <summary>It counts as a 5, as the original's tables do.</summary>
    AsFive,
}
