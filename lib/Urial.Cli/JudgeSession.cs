using System.Globalization;
using Urial.MicroWorld;

namespace Urial.Cli;

/// <summary>One call of <c>urial judge</c>.</summary>
internal sealed record JudgeSession
{
    public required string AnswersToJudge { get; init; }
    public required string OutFile { get; init; }
    public required bool SafetyOnly { get; init; }
    public string? JudgeModel { get; init; }
    public string? Endpoint { get; init; }
    public string? CacheFile { get; init; }
    public string? ScoresFile { get; init; }
    public required int Concurrency { get; init; }
    public required TimeSpan Timeout { get; init; }
    public required int Retries { get; init; }
    public bool ServerTemperature { get; init; }
    public required TextWriter Say { get; init; }
    public required TextWriter Warn { get; init; }

    /// <summary>Judges with the judge of a name and returns the exit code.</summary>
    public async Task<int> RunAsync(string judge, CancellationToken cancellation)
    {
        var answers = Urial.AnswersToJudge.Read(AnswersToJudge);
        if (Concurrency < 1)
            throw new UrialException($"The number of calls at once is 1 or more, not {Concurrency}.");
        foreach (var (option, file) in new[] { ("--answers", AnswersToJudge), ("--scores", ScoresFile), ("--cache", CacheFile) })
            if (file is not null && FilePaths.Same(file, OutFile))
                throw new UrialException($"--out has to be another file than {option}.");
        try
        {
            return judge switch
            {
                "micro-world" => await GroundTruthAsync(answers, cancellation),
                "stored" => await StoredAsync(answers, cancellation),
                "openai" => await ModelAsync(answers, cancellation),
                _ => throw new UrialException($"Unknown judge '{judge}': choose micro-world, stored or openai."),
            };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Warn.WriteLine($"urial judge: stopped. What was judged is in {OutFile}; the same command goes on from there.");
            return LastResort.Stopped;
        }
    }

    private async Task<int> GroundTruthAsync(IReadOnlyList<AnswerToJudge> answers, CancellationToken cancellation)
    {
        using var run = JudgeRun.Open(answers, OutFile, new GroundTruthJudge(SafetyOnly ? [Aspect.Safety] : null));
        return await RunAsync(run, SafetyOnly ? [Aspect.Safety] : Aspects.All, cancellation);
    }

    private async Task<int> StoredAsync(IReadOnlyList<AnswerToJudge> answers, CancellationToken cancellation)
    {
        var file = ScoresFile ?? StoredScores.CommittedPath;
        var judge = StoredJudge.Open(file, JudgeModel, SafetyOnly ? [Aspect.Safety] : null);
        using var run = JudgeRun.Open(answers, OutFile, judge);
        return await RunAsync(run, SafetyOnly ? [Aspect.Safety] : Aspects.All, cancellation, manifest => manifest with { ScoresFile = file });
    }

    private async Task<int> ModelAsync(IReadOnlyList<AnswerToJudge> answers, CancellationToken cancellation)
    {
        var options = new LlmJudgeOptions
        {
            Model = JudgeModel ?? throw new UrialException("--judge openai needs the model's name: --judge-model NAME."),
            Retries = Retries,
            Timeout = Timeout,
            Concurrency = Concurrency,
            ServerTemperature = ServerTemperature,
            Cache = CacheFile is null ? null : ReplayCache.Open(CacheFile),
        };
        var endpoint = JudgeEndpoint.Configured(Endpoint);
        using var judge = endpoint.Judge(SafetyOnly ? JudgeRubric.Safety() : JudgeRubric.General(), options);
        using var run = JudgeRun.Open(answers, OutFile, judge);
        var estimate = judge.Estimate(run.Remaining);
        Warn.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{answers.Count} answers, {run.Kept} scored before, {run.Remaining.Count - estimate.Calls} in the cache: {estimate.Calls} calls, about {estimate.InputTokens:N0} tokens to read and {estimate.OutputTokens:N0} to write."));
        var code = await RunAsync(run, judge.Rubric.Aspects, cancellation, manifest => manifest with
        {
            Rubric = judge.Rubric,
            Endpoint = endpoint.Address,
            AtServerTemperature = judge.AtServerTemperature,
        });
        if (judge.AtServerTemperature && !ServerTemperature)
            Warn.WriteLine($"{judge.Name} takes no temperature: it was asked again without one, and judged at its server's.");
        Warn.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{judge.Spent.Calls} calls made, {judge.Replayed} replayed; the server counted {judge.Spent.InputTokens:N0} tokens read and {judge.Spent.OutputTokens:N0} written."));
        return code;
    }

    private async Task<int> RunAsync(
        JudgeRun run, IReadOnlyList<Aspect> aspects, CancellationToken cancellation, Func<JudgeManifest, JudgeManifest>? complete = null)
    {
        await run.ExecuteAsync(Concurrency, (done, total) =>
        {
            // About ten lines, whatever the number of answers.
            if (done == total || done * 10 / total > (done - 1) * 10 / total)
                Warn.WriteLine($"judging {done}/{total}");
        }, cancellation);
        var manifest = new JudgeManifest { AnswersToJudge = AnswersToJudge, JudgmentsFile = OutFile, Judge = run.Judge, Aspects = aspects };
        manifest = complete?.Invoke(manifest) ?? manifest;
        manifest.Write(run.Judgments);
        Print(run, aspects);
        Say.WriteLine($"wrote {OutFile}");
        Say.WriteLine($"wrote {manifest.Path}");
        if (run.Failed == 0)
            return JudgeCommand.Ok;
        foreach (var failed in run.Judgments.Where(judgment => judgment.Status == JudgmentStatus.Failed).Take(5))
            Warn.WriteLine($"{failed.Id}: {failed.Error}");
        Warn.WriteLine($"urial judge: {run.Failed} of {run.Judgments.Count} answers failed{(run.Failed > 5 ? $" (five are shown, all are in {OutFile})" : "")}; the same command tries them again.");
        return JudgeCommand.SomeFailed;
    }

    private void Print(JudgeRun run, IReadOnlyList<Aspect> aspects)
    {
        Say.WriteLine($"{run.Judgments.Count - run.Failed} of {run.Judgments.Count} answers scored by {run.Judge}{(run.Kept > 0 ? $", {run.Kept} of them before" : "")} (95 % intervals over answers, N/A left out)");
        foreach (var aspect in aspects)
            if (run.Judgments.Any(judgment => judgment.Scores.TryGetValue(aspect, out var score) && score is not null))
                Say.WriteLine($"  {aspect.Name(),-12} {ScoreStatistics.Mean(run.Judgments, aspect, NaPolicy.Exclude)}");
    }
}
