namespace Urial;

/// <summary>One measure of speed with its peer, both taken in one process.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">What it came to.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Peer">What it is held against.</param>
/// <param name="PeerValue">What that came to, in the same unit.</param>
public sealed record SpeedLine(string Name, double Value, string Unit, string Peer, double PeerValue)
{
    /// <summary>Value ÷ peer's value.</summary>
    public double Ratio => Value / PeerValue;
}
