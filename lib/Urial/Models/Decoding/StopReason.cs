namespace Urial;

/// <summary>Why an answer ended.</summary>
public enum StopReason
{
    /// <summary>The model gave an end-of-sequence token, which is the last of the answer's ids.</summary>
    EndOfSequence,

    /// <summary>The answer holds a stop string, or what closes the prompt's frame; its text ends before it.</summary>
    StopString,

    /// <summary>The answer has as many tokens as were asked for and did not end by itself.</summary>
    Limit,

    /// <summary>The caller's stop condition held.</summary>
    Caller,
}
