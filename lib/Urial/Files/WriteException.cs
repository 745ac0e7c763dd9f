namespace Urial;

/// <summary>
/// Something cannot be written: the disk is full, the folder is not ours, nobody reads the pipe. It ends a run at once, and is no fault
/// of the query in hand, so it is never counted among the lines that failed.
/// </summary>
public sealed class WriteException : UrialException
{
    // What the system reports: errno where there is one, else a Windows error as an HRESULT.
    private const int NoSpace = 28, WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int BrokenPipe = 32, WindowsBrokenPipe = unchecked((int)0x8007006D), WindowsNoReader = unchecked((int)0x800700E8);

    /// <summary>A write that failed.</summary>
    /// <param name="target">The file or folder, or <c>standard output</c>.</param>
    /// <param name="cause">What the system said.</param>
    public WriteException(string target, Exception cause) : base(Text(target, cause), cause) =>
        ReaderGone = cause.HResult is BrokenPipe or WindowsBrokenPipe or WindowsNoReader;

    /// <summary>Whether the target is a pipe whose reader has ended, as <c>head</c> does when it has enough.</summary>
    public bool ReaderGone { get; }

    /// <summary>Whether an exception is a failure to read or write, and no fault of the program.</summary>
    internal static bool IsFailure(Exception problem) => problem is IOException or UnauthorizedAccessException;

    private static string Text(string target, Exception cause) => cause.HResult is NoSpace or WindowsDiskFull or WindowsHandleDiskFull
        ? $"Cannot write {target}: there is no space left. What was written before is kept: make room, and run the same command again."
        : $"Cannot write {target}: {cause.Message} Choose a place that can be written and has room.";
}
