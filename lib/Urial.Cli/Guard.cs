namespace Urial.Cli;

/// <summary>Turns errors that the reader can mend into one line and an exit code.</summary>
internal static class Guard
{
    /// <summary>Exit code of input that cannot be used.</summary>
    public const int Unusable = 2;

    /// <summary>Exit code of a run that was stopped by the reader.</summary>
    public const int Stopped = 130;

    public static int Run(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (UrialException e)
        {
            Console.Error.WriteLine($"urial: {e.Message}");
            return Unusable;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("urial: stopped.");
            return Stopped;
        }
    }
}
