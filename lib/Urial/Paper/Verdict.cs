namespace Urial;

/// <summary>What a measurement says of a claim.</summary>
public enum Verdict
{
    /// <summary>The whole interval is on the claim's side.</summary>
    Agrees,

    /// <summary>The whole interval is on the other side.</summary>
    Differs,

    /// <summary>The interval holds the border.</summary>
    CannotTell,
}
