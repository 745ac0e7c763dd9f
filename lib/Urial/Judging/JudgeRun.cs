namespace Urial;

/// <summary>
/// Judges a file of answers into a file of judgments. Each judgment is on disk as soon as it is there, so that a run that was killed
/// goes on where it stopped; a rerun tries again what failed and nothing else. At the end the lines stand in the answers' order.
/// </summary>
public sealed class JudgeRun
{
    private JudgeRun(IReadOnlyList<Judgment> judgments, int kept) => (Judgments, Kept) = (judgments, kept);

    /// <summary>One judgment for each answer, in the answers' order.</summary>
    public IReadOnlyList<Judgment> Judgments { get; }

    /// <summary>How many of them an earlier run had scored.</summary>
    public int Kept { get; }

    /// <summary>How many failed.</summary>
    public int Failed => Judgments.Count(judgment => judgment.Status == JudgmentStatus.Failed);

    /// <summary>The answers that are not yet scored in <paramref name="file"/>.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public static IReadOnlyList<AnswerToJudge> Open(IReadOnlyList<AnswerToJudge> answers, string file, IJudge judge)
    {
        var scored = Scored(answers, file, judge);
        return [.. answers.Where(answer => !scored.ContainsKey(answer.Id))];
    }

    /// <summary>Judges.</summary>
    /// <param name="answers">The answers, ids differing.</param>
    /// <param name="file">Where the judgments are written, and where an earlier run's are.</param>
    /// <param name="judge">The judge.</param>
    /// <param name="concurrency">How many answers are judged at once.</param>
    /// <param name="progress">Called after each answer with how many of how many are done.</param>
    /// <param name="cancellation">Stops the run; what was judged is kept.</param>
    /// <exception cref="UrialException">
    /// The file cannot be read or written, or holds scores by another judge, of other answers, or by another prompt: they are not overwritten.
    /// </exception>
    public static async Task<JudgeRun> ExecuteAsync(
        IReadOnlyList<AnswerToJudge> answers, string file, IJudge judge, int concurrency = 1,
        Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        var judged = Scored(answers, file, judge);
        var kept = judged.Count;
        AnswerToJudge[] open = [.. answers.Where(answer => !judged.ContainsKey(answer.Id))];
        if (open.Length > 0)
            Rewrite(file, answers, judged); // without what failed and without half a line; and a file that cannot be written stops before anything is paid
        var gate = new Lock();
        await Parallel.ForEachAsync(
            open, new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellation },
            async (answer, token) =>
            {
                var judgment = await judge.JudgeAsync(answer, token).ConfigureAwait(false);
                lock (gate)
                {
                    // What was paid for waits for the disk.
                    DurableLines.Append(file, json => JudgmentsFile.Write(json, judgment, answer.HasNumberAsId), judgment.Usage.Calls > 0);
                    judged.Add(answer.Id, judgment);
                    progress?.Invoke(judged.Count - kept, open.Length);
                }
            }).ConfigureAwait(false);
        Rewrite(file, answers, judged);
        return new JudgeRun([.. answers.Select(answer => judged[answer.Id])], kept);
    }

    private static Dictionary<string, Judgment> Scored(IReadOnlyList<AnswerToJudge> answers, string file, IJudge judge)
    {
        var scored = new Dictionary<string, Judgment>(StringComparer.Ordinal);
        var known = answers.ToDictionary(answer => answer.Id);
        foreach (var judgment in JudgmentsFile.Read(file).Where(judgment => judgment.Status == JudgmentStatus.Scored))
        {
            if (judgment.Judge != judge.Name)
                throw Foreign($"holds scores by {judgment.Judge}, not by {judge.Name}");
            if (!known.TryGetValue(judgment.Id, out var answer))
                throw Foreign($"holds a score for id {judgment.Id}, which the answers do not have");
            if (judgment.PromptSha256 != judge.PromptSha256(answer))
                throw Foreign($"holds a score for another answer to id {judgment.Id}, or by another prompt");
            scored[judgment.Id] = judgment;
        }
        return scored;

        UrialException Foreign(string what) => new($"{file} {what}: it is not overwritten. Choose another --out, or remove the file.");
    }

    private static void Rewrite(string file, IReadOnlyList<AnswerToJudge> answers, Dictionary<string, Judgment> judged) => AtomicFile.Write(file, stream =>
    {
        foreach (var answer in answers)
            if (judged.TryGetValue(answer.Id, out var judgment))
                stream.Write(DurableLines.Line(json => JudgmentsFile.Write(json, judgment, answer.HasNumberAsId)));
    });
}
