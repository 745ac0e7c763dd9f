using System.CommandLine;
using System.Globalization;

namespace Urial.Cli;

/// <summary><c>urial view</c>: makes one self-contained page of a run of <c>urial shift</c>.</summary>
internal static class ViewCommand
{
    /// <summary>The command, to be added to the root command.</summary>
    public static Command Create()
    {
        var run = new Argument<string>("RUN")
        {
            Description = "A folder that urial shift wrote: manifest.json, summary.json and positions; with tokens.jsonl (urial shift "
                + "--tokens) it needs no model to show what top tokens are called.",
        };
        var output = new Option<string>("--out")
        {
            Description = "The page. An earlier one is replaced when the new one is whole.",
            Required = true,
            HelpName = "FILE.html",
        };
        var queries = new Option<string>("--queries")
        {
            Description = "The queries that the run answered, where they do not lie where its manifest says.",
            HelpName = "FILE.jsonl",
        };
        var command = new Command("view", "Make one page of a run, to look at and to send around: its summary, charts, every answer "
            + "token by token with what both models would have said, and its manifest. It needs a browser and no network. Exit code "
            + "0: written; 2: the run cannot be read or the page not written.")
        {
            run, output, queries,
        };
        command.SetAction(parsed => Run(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error,
            parsed.GetRequiredValue(run), parsed.GetRequiredValue(output), parsed.GetValue(queries)));
        return command;
    }

    private static int Run(TextWriter say, TextWriter warn, string folder, string file, string? queries)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any(own => FilePaths.Same(own, file)
            && !own.EndsWith(".html", StringComparison.OrdinalIgnoreCase)))
            throw new UrialException($"--out {file} is a file of the run itself, and would replace it: name another.");
        if (queries is not null && FilePaths.Same(queries, file))
            throw new UrialException("--out has to be another file than --queries.");
        var run = StoredRun.Read(folder, queries);
        AtomicFile.Write(file, stream => RunPage.Write(run, stream));
        ModelArgument.Warn(run.Notes, warn);
        say.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{run.Answers.Count} answers, {run.Answers.Sum(answer => answer.Positions.Count)} positions"));
        say.WriteLine($"wrote {file}{Size(file)}");
        return ExitCode.Ok;
    }

    private static string Size(string file) =>
        new FileInfo(FilePaths.Real(file)) is { Exists: true, Length: > 0 } page ? $" ({FetchProgress.Bytes(page.Length)})" : "";
}
