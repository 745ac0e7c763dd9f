namespace Urial;

/// <summary>Whether queries and keys are normalised before they are turned.</summary>
internal enum QueryKeyNorm
{
    /// <summary>They are not.</summary>
    None,

    /// <summary>Each head for itself.</summary>
    Head,

    /// <summary>All heads together.</summary>
    Whole,
}
