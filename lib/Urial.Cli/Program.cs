using System.CommandLine;

namespace Urial.Cli;

/// <summary>The <c>urial</c> command line.</summary>
public static class Program
{
    /// <summary>Exit code for what the reader can mend: a wrong option, an unreadable or unsupported file.</summary>
    public const int Refused = 2;

    /// <summary>Parses <paramref name="args"/> and runs the command they name.</summary>
    /// <returns>The process exit code.</returns>
    public static Task<int> Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>Runs a command with its output going to the given writers.</summary>
    /// <param name="args">The command and its options.</param>
    /// <param name="output">Where results are printed.</param>
    /// <param name="error">Where errors are printed, one line each.</param>
    /// <param name="input">What commands read as standard input; the process's own where null.</param>
    /// <returns>The exit code: what the command says, or <see cref="Refused"/>.</returns>
    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error, Stream? input = null)
    {
        var root = new RootCommand("See what alignment does to a language model, token by token.");
        root.Add(TrainCommand.Create());
        root.Add(ShiftCommand.Create());
        root.Add(GenerateCommand.Create());
        root.Add(PromptCommand.Create(() => input ?? Console.OpenStandardInput()));
        root.Add(VerifyCommand.Create());
        root.Add(BenchCommand.Create());
        root.Add(JudgeCommand.Create());
        root.Add(RunCommand.Create());

        ParseResult parsed = root.Parse(args);
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error };
        try
        {
            int code = await parsed.InvokeAsync(configuration);
            return parsed.Errors.Count > 0 ? Refused : code;
        }
        catch (UrialException problem)
        {
            await error.WriteLineAsync(problem.Message);
            return Refused;
        }
    }
}
