namespace Urial;

/// <summary>
/// Judges a file of answers into a file of judgments. Each judgment is on disk as soon as it is there, so that a run that was killed
/// goes on where it stopped; a rerun tries again what failed and nothing else. At the end the lines stand in the answers' order.
/// </summary>
public sealed class JudgeRun : IDisposable
{
    private readonly IReadOnlyList<AnswerToJudge> answers;
    private readonly string file;
    private readonly IJudge judge;
    private readonly OutputLock held;
    private readonly Dictionary<string, Judgment> judged;

    private JudgeRun(IReadOnlyList<AnswerToJudge> answers, string file, IJudge judge, OutputLock held)
    {
        (this.answers, this.file, this.judge, this.held) = (answers, file, judge, held);
        judged = Scored(answers, file, judge);
        (Kept, Remaining) = (judged.Count, [.. answers.Where(answer => !judged.ContainsKey(answer.Id))]);
    }

    /// <summary>The judge's name.</summary>
    public string Judge => judge.Name;

    /// <summary>The answers that no earlier run scored.</summary>
    public IReadOnlyList<AnswerToJudge> Remaining { get; }

    /// <summary>How many answers an earlier run scored.</summary>
    public int Kept { get; }

    /// <summary>One judgment for each answer that is judged, in the answers' order.</summary>
    public IReadOnlyList<Judgment> Judgments =>
        [.. answers.Where(answer => judged.ContainsKey(answer.Id)).Select(answer => judged[answer.Id])];

    /// <summary>How many failed.</summary>
    public int Failed => judged.Values.Count(judgment => judgment.Status == JudgmentStatus.Failed);

    /// <summary>Reads what an earlier run scored, and keeps other runs from the file and its manifest until it is disposed of.</summary>
    /// <param name="answers">The answers, ids differing.</param>
    /// <param name="file">Where the judgments are written, and where an earlier run's are.</param>
    /// <param name="judge">The judge; it is not disposed of.</param>
    /// <exception cref="UrialException">
    /// The file cannot be read or written, another run is writing it, or it holds scores by another judge, of other answers, or by another
    /// prompt: they are not overwritten.
    /// </exception>
    public static JudgeRun Open(IReadOnlyList<AnswerToJudge> answers, string file, IJudge judge)
    {
        var held = OutputLock.Take(file, JudgeManifest.PathOf(file));
        try
        {
            return new JudgeRun(answers, file, judge, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Judges what remains.</summary>
    /// <param name="concurrency">How many answers are judged at once.</param>
    /// <param name="progress">Called after each answer with how many of how many are done.</param>
    /// <param name="cancellation">Stops the run; what was judged is kept.</param>
    /// <exception cref="UrialException">The file cannot be written.</exception>
    public async Task ExecuteAsync(int concurrency = 1, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        if (Remaining.Count > 0)
            Rewrite(); // without what failed and without half a line; and a file that cannot be written stops before anything is paid
        var gate = new Lock();
        await Parallel.ForEachAsync(
            Remaining, new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellation },
            async (answer, token) =>
            {
                var judgment = await judge.JudgeAsync(answer, token).ConfigureAwait(false);
                lock (gate)
                {
                    // What was paid for waits for the disk.
                    DurableLines.Append(file, json => JudgmentsFile.Write(json, judgment, answer.HasNumberAsId), judgment.Usage.Calls > 0);
                    judged.Add(answer.Id, judgment);
                    progress?.Invoke(judged.Count - Kept, Remaining.Count);
                }
            }).ConfigureAwait(false);
        Rewrite();
    }

    /// <summary>Lets other runs write the file.</summary>
    public void Dispose() => held.Dispose();

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

    private void Rewrite() => AtomicFile.Write(file, stream =>
    {
        foreach (var answer in answers)
            if (judged.TryGetValue(answer.Id, out var judgment))
                stream.Write(DurableLines.Line(json => JudgmentsFile.Write(json, judgment, answer.HasNumberAsId)));
    });
}
