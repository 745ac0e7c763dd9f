using System.CommandLine;
using Urial.Notebooks;

namespace Urial.Cli;

/// <summary><c>urial run</c>: runs the chapters, writes the gallery, compares or updates what is committed.</summary>
internal static class RunCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var notebooks = new Argument<string[]>("NOTEBOOK")
        {
            Description = "Notebooks to run: files, or how their names begin (02). Without any: all of notebooks/, in order.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var output = new Option<string?>("--out")
        {
            Description = "The folder for gallery and executed notebooks (default: gallery/ in the repository).",
            HelpName = "DIR",
        };
        var check = new Option<bool>("--check")
        {
            Description = "Compare fresh outputs with the committed ones and fail where they differ. A rounded number may differ by one "
                + "unit "
                + "in its last printed digit or by 1e-3 of itself, whichever is more: other processors round differently. "
                + "Whole numbers have to be the same; pictures are compared by the figure they show.",
        };
        var inPlace = new Option<bool>(
            "--in-place")
        { Description = "Also write the outputs of chapters that ran to their end into their notebooks." };
        var solutions = new Option<bool>("--solutions")
        {
            Description = "Also run the worked solutions of the exercises (notebooks/SOLUTIONS.md) behind each chapter's cells, and fail "
                + "where one does not solve its exercise.",
        };
        var timeout = new Option<int>("--cell-timeout")
        {
            CustomParser = Number.Whole(1, 86_400),
            Description = "Seconds that one cell may take.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 600,
        };

        var jobs = new Option<int?>("--jobs")
        {
            CustomParser = Number.WholeIfGiven(1),
            Description = "How many chapters run side by side (default: as many as there are processors, "
                + "and 2 GB of free memory for each).",
            HelpName = "N",
        };
        var command = new Command("run", "Run the notebooks and write a gallery of their pages.") { notebooks, output, check, inPlace,
            solutions, timeout, jobs };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(check) && parsed.GetValue(inPlace))
                throw new UrialException("--check and --in-place cannot go together: what was just written would always agree.");
            var run = new CollectionRun(
                CollectionFiles.Find(parsed.GetValue(notebooks) ?? []), parsed.GetValue(output) ?? Repository.Path("gallery"))
            {
                Solutions = parsed.GetValue(solutions) ? Solutions.Load(Repository.Path("notebooks", "SOLUTIONS.md")) : null,
            };
            var say = parsed.InvocationConfiguration.Output;
            var result = await RunProgress.ShowAsync(say, run.Notebooks, progress =>
                run.ExecuteAsync(
                    TimeSpan.FromSeconds(parsed.GetValue(timeout)), parsed.GetValue(jobs) ?? CollectionRun.UsualJobs(), progress,
                    cancellation));
            if (parsed.GetValue(inPlace))
                result.SaveInPlace();
            return RunReport.Print(result, parsed.GetValue(check), say);
        });
        return command;
    }
}
