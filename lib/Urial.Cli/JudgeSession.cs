using System.Globalization;
using Urial.MicroWorld;

namespace Urial.Cli;

/// <summary>One call of <c>urial judge</c>: chooses the judge, and says how the run goes.</summary>
internal sealed record JudgeSession
{
    public required JudgeRunSettings Settings { get; init; }
    public required bool SafetyOnly { get; init; }
    public string? JudgeModel { get; init; }
    public string? Endpoint { get; init; }
    public string? CacheFile { get; init; }
    public required TimeSpan Timeout { get; init; }
    public required int Retries { get; init; }
    public bool ServerTemperature { get; init; }
    public required TextWriter Say { get; init; }
    public required TextWriter Warn { get; init; }

    private IReadOnlyList<Aspect>? Only => SafetyOnly ? [Aspect.Safety] : null;

    /// <summary>Judges with the judge of a name and returns the exit code.</summary>
    public async Task<int> RunAsync(string judge, CancellationToken cancellation)
    {
        foreach (var (option, file) in new[] { ("--answers", Settings.AnswersFile), ("--scores", Settings.ScoresFile),
            ("--cache", CacheFile) })
            if (file is not null && FilePaths.Same(file, Settings.OutFile))
                throw new UrialException($"--out has to be another file than {option}.");
        try
        {
            return judge switch
            {
                "micro-world" => await RunAsync(Settings with { ScoresFile = null }, new GroundTruthJudge(Only), cancellation),
                "stored" => await StoredAsync(cancellation),
                "openai" => await ModelAsync(cancellation),
                _ => throw new UrialException($"Unknown judge '{judge}': choose micro-world, stored or openai."),
            };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Warn.WriteLine($"urial judge: stopped. What was judged is in {Settings.OutFile}; the same command goes on from there.");
            return ExitCode.Stopped;
        }
    }

    private async Task<int> StoredAsync(CancellationToken cancellation)
    {
        var file = Settings.ScoresFile ?? StoredScores.CommittedPath;
        return await RunAsync(Settings with { ScoresFile = file }, StoredJudge.Open(file, JudgeModel, Only), cancellation);
    }

    private async Task<int> ModelAsync(CancellationToken cancellation)
    {
        var options = new LlmJudgeOptions
        {
            Model = JudgeModel ?? throw new UrialException("--judge openai needs the model's name: --judge-model NAME."),
            Retries = Retries,
            Timeout = Timeout,
            Concurrency = Settings.Concurrency,
            ServerTemperature = ServerTemperature,
            Cache = CacheFile is null ? null : ReplayCache.Open(CacheFile),
        };
        var endpoint = JudgeEndpoint.Configured(Endpoint);
        using var judge = endpoint.Judge(SafetyOnly ? JudgeRubric.Safety() : JudgeRubric.General(), options);
        var code = await RunAsync(Settings with { Endpoint = endpoint.Address, ScoresFile = null, Aspects = judge.Rubric.Aspects }, judge,
            cancellation, run =>
        {
            var estimate = judge.Estimate(run.Remaining);
            Warn.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{run.Kept + run.Remaining.Count} answers, {run.Kept} scored before, ")
                + string.Create(CultureInfo.InvariantCulture,
                    $"{run.Remaining.Count - estimate.Calls} in the cache: {estimate.Calls} calls, ")
                + string.Create(CultureInfo.InvariantCulture,
                    $"about {estimate.InputTokens:N0} tokens to read and {estimate.OutputTokens:N0} to write."));
        });
        if (judge.AtServerTemperature && !ServerTemperature)
            Warn.WriteLine($"{judge.Name} takes no temperature: it was asked again without one, and judged at its server's.");
        Warn.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{judge.Spent.Calls} calls made, {judge.Replayed} replayed; the server counted {judge.Spent.InputTokens:N0} tokens read "
                + $"and {judge.Spent.OutputTokens:N0} written."));
        return code;
    }

    private async Task<int> RunAsync(JudgeRunSettings settings, IJudge judge, CancellationToken cancellation,
        Action<JudgeRun>? opened = null)
    {
        using var run = JudgeRun.Open(settings, judge);
        opened?.Invoke(run);
        await run.ExecuteAsync(ProgressView.Lines(Warn), cancellation);
        Print(run, settings.Aspects);
        Say.WriteLine($"wrote {settings.OutFile}");
        Say.WriteLine($"wrote {settings.ManifestFile}");
        if (run.Failed == 0)
            return ExitCode.Ok;
        foreach (var failed in run.Judgments.Where(judgment => judgment.Status == JudgmentStatus.Failed).Take(5))
            Warn.WriteLine($"{failed.Id}: {failed.Error}");
        Warn.WriteLine($"urial judge: {run.Failed} of {run.Judgments.Count} answers "
            + $"failed{(run.Failed > 5 ? $" (five are shown, all are in {settings.OutFile})" : "")}; the same command tries them again.");
        return ExitCode.SomeFailed;
    }

    private void Print(JudgeRun run, IReadOnlyList<Aspect> aspects)
    {
        Say.WriteLine($"{run.Judgments.Count - run.Failed} of {run.Judgments.Count} answers scored "
            + $"by {run.Judge}{(run.Kept > 0 ? $", {run.Kept} of them before" : "")} (95 % intervals over answers, N/A left out)");
        foreach (var aspect in aspects)
            if (run.Judgments.Any(judgment => judgment.Scores.TryGetValue(aspect, out var score) && score is not null))
                Say.WriteLine($"  {aspect.Name(),-12} {ScoreStatistics.Mean(run.Judgments, aspect, NaPolicy.Exclude)}");
    }
}
