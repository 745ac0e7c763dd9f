namespace Urial;

/// <summary>A server's no, which asking again would not change.</summary>
/// <param name="message">What the reader is told.</param>
/// <param name="status">The status of the reply.</param>
/// <param name="body">Its body.</param>
internal sealed class ServedRefusal(string message, int status, string body) : UrialException(message)
{
    /// <summary>The status of the reply.</summary>
    public int Status { get; } = status;

    /// <summary>Its body, as the server wrote it: not for messages.</summary>
    public string Body { get; } = body;

    /// <summary>Whether the server may have refused how it was asked, and not that it was asked.</summary>
    public bool IsOfRequest => Status is 400 or 404 or 405 or 413 or 415 or 422 or 501;
}
