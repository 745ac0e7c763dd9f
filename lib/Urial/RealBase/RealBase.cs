namespace Urial;

/// <summary>
/// The stored runs of a real base model (Gemma 3 270M, pre-trained only): its answers to the test questions of <c>data/alignment</c> under
/// prompts and after tuning, what it would have said in the place of the tuned model, and what the written dev answers cost each.
/// </summary>
/// <remarks>
/// <c>data/runs/gemma-3-270m/README.md</c> has the command of each run. All are greedy and in f32; their weights were quantised to 4 bits
/// before (the manifests have their hashes), so that the 16-bit weights of the hub may give other numbers.
/// </remarks>
public static class RealBase
{
    /// <summary>The environment variable that names the base model where the reader has it: a folder, or <c>org/name</c>.</summary>
    public const string Variable = "URIAL_REAL_BASE";

    /// <summary>The arms, from the bare base to the most tuned one.</summary>
    public static IReadOnlyList<RealArm> Arms { get; } =
    [
        new("zero-shot", "zero-shot", "zero-shot"),
        new("vanilla ICL", "vanilla-icl", "vanilla-icl"),
        new("URIAL, K = 1", "urial-1", "urial", Examples: 1),
        new("URIAL, K = 3", "urial-3", "urial", Examples: 3),
        new("URIAL, K = 8", "urial-8", "urial", Examples: 8),
        new("SFT on 30", "sft-30", "chat", TunedOn: 30),
        new("SFT on 100", "sft-100", "chat", TunedOn: 100),
        new("SFT on 300", "sft-300", "chat", TunedOn: 300),
        new("SFT on 900", "sft-900", "chat", TunedOn: 900),
        new("SFT on 900, then DPO", "dpo", "chat", TunedOn: 900),
    ];

    /// <summary>The two sides of each run over the written dev answers, by their keys: five runs hold the ten arms.</summary>
    public static IReadOnlyList<(string Prompt, string Tuned)> DevRuns { get; } =
        [("zero-shot", "sft-900"), ("vanilla-icl", "sft-100"), ("urial-1", "sft-300"), ("urial-3", "sft-30"), ("urial-8", "dpo")];

    /// <summary>The runs' folder.</summary>
    public static string Folder => Repository.Path("data", "runs", "gemma-3-270m");

    /// <summary>The folder of a committed adapter: <c>sft-900</c> or <c>dpo</c>.</summary>
    public static string Adapter(string key) => Repository.Path("data", "models", "gemma-3-270m-" + key);

    /// <summary>The supervised runs that the arms were chosen from, by their manifests: few examples first, then by rate.</summary>
    /// <exception cref="UrialException">A manifest is missing or damaged.</exception>
    public static IReadOnlyList<RealTuning> Tunings() =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "tuning"), "*.json").Select(RealTuning.Read)
            .OrderBy(run => run.Examples).ThenBy(run => run.Rate)];

    /// <summary>The test questions, which no answer was written to.</summary>
    public static IReadOnlyList<ShiftQuery> Questions() => ShiftQueries.ReadAll(WrittenExamples.TestPath);

    /// <summary>An arm by its name or key.</summary>
    /// <exception cref="UrialException">There is none.</exception>
    public static RealArm Arm(string named) => Arms.FirstOrDefault(arm => arm.Name == named || arm.Key == named)
        ?? throw new UrialException($"There is no arm '{named}': choose one of {string.Join("; ", Arms.Select(arm => arm.Name))}.");

    /// <summary>The stored answers of an arm to all test questions.</summary>
    /// <exception cref="UrialException">They are missing or damaged, or there is no such arm.</exception>
    public static IReadOnlyList<StoredAnswer> Answers(string named) =>
        StoredAnswers.Read(Path.Combine(Folder, "answers", Arm(named).Key + ".parquet"));

    /// <summary>The measures of an arm's answers that need no judge.</summary>
    /// <exception cref="UrialException">The answers are missing or damaged, or there is no such arm.</exception>
    public static MeasuredArm Measured(string named)
    {
        var kinds = Questions().ToDictionary(query => query.Id, query => query.Kind);
        return new MeasuredArm(Arm(named).Name, [.. Answers(named).Select(answer => MeasuredAnswer.Of(answer, kinds[answer.Id]))]);
    }

    /// <summary>
    /// Answers of a tuned model as they were scored: <c>zero-shot</c> and <c>urial-3</c> (the base under that prompt reads the answers of
    /// SFT on 900), <c>control</c> (the tuned model itself reads them behind the base's zero-shot prompt), <c>dpo</c> (the base reads
    /// zero-shot the answers of the model after DPO).
    /// </summary>
    /// <exception cref="UrialException">The run is missing or damaged.</exception>
    public static IReadOnlyList<ShiftedAnswer> Shift(string run) => StoredShifts.Read(Path.Combine(Folder, "shift", run), Questions());

    /// <summary>What the written dev answers cost each arm, part by part, in the order of <see cref="Arms"/>.</summary>
    /// <exception cref="UrialException">A run is missing or damaged.</exception>
    public static IReadOnlyList<SegmentArm> DevLosses()
    {
        var arms = DevRuns.SelectMany(run =>
        {
            var losses = SegmentLosses.Of(Dev(run.Prompt, run.Tuned));
            return new[] { losses.Base(Arm(run.Prompt).Name), losses.Aligned(Arm(run.Tuned).Name) };
        }).ToDictionary(arm => arm.Name);
        return [.. Arms.Select(arm => arms[arm.Name])];
    }

    /// <summary>The written dev answers as the base under a prompt and a tuned model read them; <see cref="DevRuns"/> are stored.</summary>
    /// <param name="prompt">The key of the base's arm.</param>
    /// <param name="tuned">The key of the tuned model's arm.</param>
    /// <exception cref="UrialException">The run is missing or damaged.</exception>
    public static IReadOnlyList<ShiftedAnswer> Dev(string prompt, string tuned) =>
        StoredShifts.Read(Path.Combine(Folder, "dev", $"{prompt}+{tuned}"), ShiftQueries.ReadWritten(WrittenExamples.DevPath));
}
