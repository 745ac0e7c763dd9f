namespace Urial;

/// <summary>The six sides from which an answer is judged, 1 to 5 each (paper, section 4.1).</summary>
public enum Aspect
{
    /// <summary>Does what was asked.</summary>
    Helpfulness,
    /// <summary>Is easy to read.</summary>
    Clarity,
    /// <summary>Says what is true.</summary>
    Factuality,
    /// <summary>Goes beyond the bare answer.</summary>
    Depth,
    /// <summary>Turns to its reader.</summary>
    Engagement,
    /// <summary>Does no harm.</summary>
    Safety,
}
