using System.Globalization;
using Spectre.Console;
using Urial.Notebooks;

namespace Urial.Cli;

/// <summary>Chooses between bars that move, on a terminal, and plain lines, everywhere else.</summary>
internal static class RunProgress
{
    public static async Task<T> ShowAsync<T>(TextWriter output, IReadOnlyList<Notebook> notebooks, Func<IRunProgress, Task<T>> run)
    {
        var console = AnsiConsole.Console;
        if (!VisibleWriter.IsOf(output, Console.Out) || !console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi)
            return await run(new PlainRunProgress(output, notebooks));
        return await console.Progress()
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
                new ElapsedTimeColumn())
            .StartAsync(context => run(new LiveRunProgress(console, context, notebooks)));
    }

    /// <summary>A chapter's last line.</summary>
    public static string Summary(Chapter chapter) => string.Create(CultureInfo.InvariantCulture,
        $"{(chapter.Failure is null ? "ok    " : "FAILED")}  {chapter.Name}  {chapter.Executed.CodeCells.Count()} cells "
            + $" {chapter.Elapsed.TotalSeconds:0.0} s  {RunReport.Memory(chapter.PeakBytes)}");
}
