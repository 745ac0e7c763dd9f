using Urial.Notebooks;

namespace Urial.Cli;

/// <summary>What <c>urial run</c> says at its end.</summary>
internal static class RunReport
{
    private const int ShownDifferences = 20;

    /// <summary>Says what failed and, where asked for, what differs from the committed outputs.</summary>
    /// <returns>The exit code.</returns>
    public static int Print(CollectionResult result, bool check, TextWriter output)
    {
        foreach (var chapter in result.Failed)
            Print(chapter.Executed, chapter.Failure!, output);
        var differing = check ? result.Differing() : [];
        foreach (var (chapter, differences) in differing)
        {
            foreach (var difference in differences.Take(ShownDifferences))
                output.WriteLine(difference);
            if (differences.Count > ShownDifferences)
                output.WriteLine(Invariant($"… and {differences.Count - ShownDifferences} more in {chapter.Committed.Name}."));
        }
        output.WriteLine(Invariant($"{result.Complete.Count} of {result.Chapters.Count} chapters ran to their end ")
            + Invariant($"in {result.Elapsed.TotalSeconds:0} s; the most memory one held was {Memory(result.PeakBytes)}."));
        foreach (var exercise in result.Unsolved)
            output.WriteLine($"UNSOLVED {exercise}");
        var faults = differing.Count + result.Failed.Count + result.Unsolved.Count;
        if (check && faults == 0)
            output.WriteLine("All outputs say what the committed ones say.");
        output.WriteLine($"Gallery: {Path.GetRelativePath(Directory.GetCurrentDirectory(), result.Index)}");
        return faults > 0 ? ExitCode.Differs : ExitCode.Ok;
    }

    /// <summary>Bytes in words.</summary>
    public static string Memory(long? bytes) => bytes is { } n ? Invariant($"{n / 1048576.0:0} MB") : "unknown";

    private static void Print(Notebook notebook, CellFailure failure, TextWriter output)
    {
        output.WriteLine($"FAILED {failure.Place}");
        var error = notebook.CodeCells.ElementAtOrDefault(failure.Cell - 1)?.Outputs.OfType<ErrorOutput>().LastOrDefault();
        foreach (var line in error?.Traceback ?? [$"{failure.Name}: {failure.Message}"])
            output.WriteLine($"  {line.ReplaceLineEndings("\n  ")}");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
