namespace Urial;

/// <summary>
/// Shares of runs that are stored in the repository: <c>data/runs</c> (summaries written by <c>urial shift</c>) and <c>data/paper</c>.
/// </summary>
public static class StoredShares
{
    /// <summary>
    /// Real models scored against themselves, so that nothing but the prompt differs: our own stored run, and what others measured
    /// (<c>data/paper/prompt_alone.csv</c>).
    /// </summary>
    /// <exception cref="UrialException">A file is missing or has another form.</exception>
    public static IReadOnlyList<ShareRow> PromptAlone() =>
    [
        Summary("SmolLM2-135M-Instruct (our run): prompt alone", "data/runs",
            Repository.Path("data", "runs", "smollm2-prompt-alone", "summary.json")),
        .. PaperShares.Load(Repository.Path("data", "paper", "prompt_alone.csv")),
    ];

    /// <summary>The pooled shares, end of sequence included, of a <c>summary.json</c>.</summary>
    /// <param name="name">The row's name.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="file">The summary.</param>
    /// <exception cref="UrialException">The file is missing or no summary; the message names it.</exception>
    public static ShareRow Summary(string name, string source, string file)
    {
        if (!File.Exists(file))
            throw new UrialException($"No {file}: stored runs come with the repository. Restore it from git.");
        try
        {
            var summary = InputFile.Json(file, "summary");
            var side = summary.GetProperty("with_eos");
            var micro = side.GetProperty("micro");
            var answers = side.GetProperty("n_answers").GetInt32();
            var positions = side.GetProperty("n_positions").GetInt32();
            // one token for each answer that ended
            var ends = positions - summary.GetProperty("without_eos").GetProperty("n_positions").GetInt32();
            return ShareRow.Measured(name, new ShiftShares(Share("unshifted"), Share("marginal"), Share("shifted")), positions, answers,
                source) with
            { NotEnded = answers - ends };

            Estimate Share(string shift)
            {
                var interval = micro.GetProperty("intervals").GetProperty(shift);
                return new Estimate(micro.GetProperty(shift).GetDouble(),
                    new Interval(interval[0].GetDouble(), interval[1].GetDouble(), Bootstrap.DefaultLevel), answers);
            }
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or ArgumentException)
        {
            throw new UrialException(
                $"{file} is no summary as `urial shift` writes it ({e.Message}). Restore it from git, or run `urial shift` again.");
        }
    }
}
