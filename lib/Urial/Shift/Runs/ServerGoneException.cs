namespace Urial;

/// <summary>A server fails so often that the run ends; the same run goes on later.</summary>
/// <param name="message">What the reader is told.</param>
/// <param name="cause">The last failure.</param>
public sealed class ServerGoneException(string message, Exception cause) : UrialException(message, cause);
