using System.Reflection;
using System.Runtime.InteropServices;

namespace Urial.Cli;

/// <summary>The last resort: turns whatever ended a command into one line on standard error and an exit code.</summary>
internal static class LastResort
{
    /// <summary>The environment variable that has the place in the program printed behind the line.</summary>
    public const string TraceVariable = "URIAL_TRACE";

    /// <summary>Runs a command.</summary>
    /// <param name="command">What returns the exit code, or throws.</param>
    /// <param name="error">Where the line is printed.</param>
    public static async Task<int> RunAsync(Func<Task<int>> command, TextWriter error)
    {
        try
        {
            return await command();
        }
        catch (Exception problem)
        {
            return Tell(problem, error);
        }
    }

    /// <summary>Says what ended a command; a reader who has seen enough is told nothing.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(Exception problem, TextWriter error)
    {
        var (line, code) = Verdict(Cause(problem));
        if (line is not null)
            Say(error, OneLine(line));
        if (line is not null && Environment.GetEnvironmentVariable(TraceVariable) is "1")
            Say(error, problem.ToString());
        return code;
    }

    private static (string? Line, int Code) Verdict(Exception problem) => problem switch
    {
        WriteException { ReaderGone: true } => (null, ExitCode.ReaderGone),
        UrialException => ($"urial: {problem.Message}", ExitCode.Unusable),
        OutOfMemoryException or ExternalException when IsMemory(problem) =>
            ($"urial: there is not enough memory: {FirstLine(problem.Message)} Ask for less at once (a smaller batch, a shorter answer, "
                + $"a smaller model).", ExitCode.Unusable),
        OperationCanceledException => ("urial: stopped.", ExitCode.Stopped),
        _ => ($"urial: unforeseen: {problem.GetType().Name}: {FirstLine(problem.Message)} Set {TraceVariable}=1 to see where it arose, "
            + $"and report it.", ExitCode.Unforeseen),
    };

    // libtorch's own allocator says so in words only.
    private static bool IsMemory(Exception problem) =>
        problem is OutOfMemoryException || problem.Message.Contains("allocate memory", StringComparison.Ordinal);

    // What initializers, tasks and reflection wrap is the thing to tell.
    private static Exception Cause(Exception problem) => problem switch
    {
        TypeInitializationException or TargetInvocationException or AggregateException { InnerExceptions.Count: 1 }
            when problem.InnerException is { } inner => Cause(inner),
        _ => problem,
    };

    // Native code puts its own stack behind its message.
    private static string FirstLine(string message) =>
        message.Split('\n', 2)[0].TrimEnd('\r') is var first && first.TrimEnd() is [.., '.' or '!' or '?'] ? first : first + ".";

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static void Say(TextWriter error, string text)
    {
        try
        {
            error.WriteLine(VisibleText.Of(text));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return; // there is nowhere left to say it; the exit code still tells
        }
    }
}
