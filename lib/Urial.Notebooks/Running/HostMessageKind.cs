namespace Urial.Notebooks;

/// <summary>What the runner and a chapter's process tell each other; the texts of each are named beside it.</summary>
internal enum HostMessageKind : byte
{
    /// <summary>To the host: run a cell. Its source.</summary>
    Run,

    /// <summary>From the host: the kernel is up. No text.</summary>
    Ready,

    /// <summary>From the host: something was printed. The stream's name, the text.</summary>
    Printed,

    /// <summary>From the host: a value was displayed. MIME type and content, in turn.</summary>
    Displayed,

    /// <summary>From the host: a value is the cell's last expression. MIME type and content, in turn.</summary>
    Returned,

    /// <summary>From the host: the cell does not compile. Id, line, column (both from 1) and message of each error, in turn.</summary>
    NotCompiled,

    /// <summary>
    /// From the host: an exception ended the cell. Number of exceptions, type and message of each, outermost first, then the frames.
    /// </summary>
    Thrown,

    /// <summary>
    /// From the host: the cell has ended, and all that it showed was sent before. The most memory the process held so far, in bytes.
    /// </summary>
    Done,
}
