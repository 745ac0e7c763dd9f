namespace Urial;

/// <summary>What may pass when the same is asked again: no connection, silence, a server that is busy or failed.</summary>
/// <param name="message">What the reader is told where it does not pass.</param>
/// <param name="cause">What the system said.</param>
internal sealed class ServerFault(string message, Exception? cause = null) : UrialException(message, cause!)
{
    /// <summary>How long the server asks us to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How often it is worth trying again.</summary>
    public int Tries { get; init; } = int.MaxValue;
}
