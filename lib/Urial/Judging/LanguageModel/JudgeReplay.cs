namespace Urial;

/// <summary>
/// The language-model judge of a notebook: stored replies by default, so that it runs without network and cost; a live model where the
/// reader names one (<see cref="ModelVariable"/>) and an endpoint is configured. A key alone never makes a notebook spend money.
/// </summary>
public static class JudgeReplay
{
    /// <summary>The environment variable that names the model to ask; the endpoint is <see cref="JudgeEndpoint"/>'s.</summary>
    public const string ModelVariable = "URIAL_JUDGE_MODEL";

    /// <summary>
    /// What the stored replies are by: a large language model that helped to build this repository; <c>data/runs/README.md</c> says how
    /// they came about.
    /// </summary>
    public const string StoredModel = "repository-assistant";

    /// <summary>The stored replies.</summary>
    public static string StoredFile => Repository.Path("data", "runs", "judge-replay", "replies.jsonl");

    /// <summary>Where a live model's replies are kept, so that it is asked once.</summary>
    public static string LiveFile => Repository.Path("data", "runs", "judge-replay", "live.jsonl");

    /// <summary>Whether a live model is asked.</summary>
    public static bool IsLive => LiveModel is not null && JudgeEndpoint.IsConfigured;

    private static string? LiveModel =>
        Environment.GetEnvironmentVariable(ModelVariable) is { } name && !string.IsNullOrWhiteSpace(name) ? name.Trim() : null;

    /// <summary>A judge of single answers.</summary>
    /// <param name="rubric">What it is asked.</param>
    /// <exception cref="UrialException">The stored replies are damaged, or the endpoint cannot be used.</exception>
    public static LlmJudge Judge(JudgeRubric rubric) =>
        IsLive ? JudgeEndpoint.Configured().Judge(rubric, Options()) : new LlmJudge(new NoEndpoint(), rubric, Options());

    /// <summary>A judge of pairs.</summary>
    /// <inheritdoc cref="Judge"/>
    public static PairwiseJudge Pairwise() =>
        IsLive ? JudgeEndpoint.Configured().Pairwise(Options()) : new PairwiseJudge(new NoEndpoint(), Options());

    /// <summary>Who judges, in words.</summary>
    public static string Describe() => IsLive ? $"judge: {LiveModel}, asked at {JudgeEndpoint.Configured().Address}"
        : FormattableString.Invariant($"judge: {StoredModel}, {ReplayCache.Open(StoredFile).Count} stored replies, no calls");

    private static LlmJudgeOptions Options() => IsLive
        ? new LlmJudgeOptions { Model = LiveModel!, Cache = ReplayCache.Open(LiveFile) }
        : new LlmJudgeOptions { Model = StoredModel, Cache = ReplayCache.Open(StoredFile), Retries = 0 };
}
