namespace Urial;

/// <summary>Something the reader can mend: the message says what was wrong, in which file, and what to do.</summary>
public class UrialException : Exception
{
    /// <summary>An error with a message for the reader.</summary>
    public UrialException(string message) : base(message) { }

    /// <summary>An error with a message for the reader and the failure behind it.</summary>
    public UrialException(string message, Exception inner) : base(message, inner) { }
}
