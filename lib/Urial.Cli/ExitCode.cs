namespace Urial.Cli;

/// <summary>What every command's exit code means; README.md has the same table.</summary>
public static class ExitCode
{
    /// <summary>Everything was done.</summary>
    public const int Ok = 0;

    /// <summary>What was compared differs, or a chapter failed.</summary>
    public const int Differs = 1;

    /// <summary>Something the reader can mend: a wrong option, a file that cannot be used, a disk that is full.</summary>
    public const int Unusable = 2;

    /// <summary>Some lines failed and the others were done.</summary>
    public const int SomeFailed = 3;

    /// <summary>A fault of the program (EX_SOFTWARE of sysexits.h).</summary>
    public const int Unforeseen = 70;

    /// <summary>Stopped by Ctrl-C or a request to end (128 + SIGINT, as shells count).</summary>
    public const int Stopped = 130;

    /// <summary>Nobody reads standard output any more (128 + SIGPIPE, as shells count).</summary>
    public const int ReaderGone = 141;

    /// <summary>For <c>urial --help</c>.</summary>
    internal const string Help =
        "Exit codes: 0 done; 1 what was compared differs, or a chapter failed; 2 an option or a file cannot be used; "
        + "3 some lines failed, the others were done; 70 a fault of the program (URIAL_TRACE=1 prints where); 130 stopped; 141 nobody "
        + "reads the output any more.";
}
