using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Urial.Cli;

/// <summary>The <c>urial</c> command line.</summary>
public static class Program
{
    /// <summary>Parses <paramref name="args"/> and runs the command they name.</summary>
    /// <returns>The process exit code.</returns>
    public static async Task<int> Main(string[] args)
    {
        StandardStream.Install();
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
            StopSignals.EndNow(LastResort.Tell(
                unhandled.ExceptionObject as Exception ?? new InvalidOperationException($"{unhandled.ExceptionObject}"), Console.Error));
        using var signals = new StopSignals(Console.Error);
        return await Run(args, Console.Out, Console.Error, null, signals);
    }

    /// <summary>Runs a command with its output going to the given writers.</summary>
    /// <param name="args">The command and its options.</param>
    /// <param name="output">Where results are printed.</param>
    /// <param name="error">Where errors are printed, one line each.</param>
    /// <param name="input">What commands read as standard input; the process's own where null.</param>
    /// <returns>The exit code: what the command says, or one of <see cref="ExitCode"/>.</returns>
    public static Task<int> Run(string[] args, TextWriter output, TextWriter error, Stream? input = null) =>
        Run(args, output, error, input, null);

    private static Task<int> Run(string[] args, TextWriter output, TextWriter error, Stream? input, StopSignals? signals) =>
        LastResort.RunAsync(async () =>
    {
        var parsed = Root(() => input ?? Console.OpenStandardInput()).Parse(args);
        if (parsed.Errors.Count > 0)
            throw new UrialException(Message(parsed));
        if (parsed.CommandResult.Children.OfType<OptionResult>()
            .FirstOrDefault(option => option.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value))) is { } empty)
            throw new UrialException($"{empty.Option.Name}: the value is empty. Write it behind the option, or leave the option out.");
        // Signals are ours: the parser's own handling leaves no line and two exit codes.
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = new VisibleWriter(output),
            Error = new VisibleWriter(error),
        };
        signals?.Listened = parsed.CommandResult.Command.Action is AsynchronousCommandLineAction;
        return await parsed.InvokeAsync(configuration, signals?.Token ?? default);
    }, error);

    private static RootCommand Root(Func<Stream> input) =>
        new("See what alignment does to a language model, token by token. " + ExitCode.Help)
    {
        TrainCommand.Create(),
        TuneCommand.Create(),
        ShiftCommand.Create(),
        GenerateCommand.Create(),
        PromptCommand.Create(input),
        FetchCommand.Create(),
        TokenizeCommand.Create(input),
        VerifyCommand.Create(),
        BenchCommand.Create(),
        JudgeCommand.Create(),
        RunCommand.Create(),
        ViewCommand.Create(),
        ExploreCommand.Create(),
    };

    private static string Message(ParseResult parsed)
    {
        if (parsed.CommandResult.Command is RootCommand root && parsed.UnmatchedTokens is [var unknown, ..])
            return $"There is no command '{unknown}': choose one "
                + $"of {string.Join(", ", root.Subcommands.Select(one => one.Name).Order())}. See urial --help.";
        var names = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } one; at = at.Parent)
            names.Insert(0, one.Command.Name);
        var command = string.Join(' ', names.Prepend("urial"));
        return $"{string.Join(' ', parsed.Errors.Select(problem => problem.Message).Distinct())} See {command} --help.";
    }
}
