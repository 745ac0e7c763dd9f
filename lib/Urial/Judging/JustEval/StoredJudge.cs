namespace Urial;

/// <summary>
/// Gives scores that were stored before: by answering model (the answers' field <c>generator</c>) and id from a table like
/// <c>scores.csv</c>, or by id from a file of earlier judgments. It asks nobody, and what is not stored is a failed judgment.
/// </summary>
public sealed class StoredJudge : IJudge
{
    private readonly Func<AnswerToJudge, Judgment?> _find;
    private readonly IReadOnlyList<Aspect>? _aspects;
    private readonly string _file;

    private StoredJudge(string name, string file, IReadOnlyList<Aspect>? aspects, Func<AnswerToJudge, Judgment?> find) =>
        (Name, _file, _aspects, _find) = (name, file, aspects, find);

    /// <summary>The judge whose scores are given.</summary>
    public string Name { get; }

    /// <summary>Opens stored scores: a table (<c>.csv</c>) or earlier judgments (JSON lines).</summary>
    /// <param name="file">The file.</param>
    /// <param name="judge">Whose scores; null where the file holds only one judge's.</param>
    /// <param name="aspects">The aspects that must be there; null: all that are stored of an answer.</param>
    /// <exception cref="UrialException">
    /// The file is missing or malformed, or holds no scores or several judges' and none is named.
    /// </exception>
    public static StoredJudge Open(string file, string? judge = null, IReadOnlyList<Aspect>? aspects = null) =>
        file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? FromTable(StoredScores.Load(file), judge, aspects)
            : FromJudgments(file, judge, aspects);

    /// <inheritdoc/>
    public string PromptSha256(AnswerToJudge answer) =>
        ContentHash.Of(answer.Generator ?? "", answer.Id, answer.Instruction, answer.Output);

    /// <inheritdoc/>
    public Task<Judgment> JudgeAsync(AnswerToJudge answer, CancellationToken cancellation = default) => Task.FromResult(Judge(answer));

    private Judgment Judge(AnswerToJudge answer)
    {
        var hash = PromptSha256(answer);
        if (_find(answer) is not { Status: JudgmentStatus.Scored } stored)
            return Failed($"{Path.GetFileName(_file)} holds no scores by {Name} for "
                + $"id {answer.Id}{(answer.Generator is { } model ? $" of {model}" : "")}.");
        var wanted = _aspects ?? [.. stored.Scores.Keys];
        if (wanted.Where(aspect => !stored.Scores.ContainsKey(aspect)).ToArray() is { Length: > 0 } missing)
            return Failed($"{Path.GetFileName(_file)} holds no {string.Join(", ", missing.Select(aspect => aspect.Name()))} by {Name} "
                + $"for id {answer.Id}.");
        return Judgment.Scored(answer.Id, Name, hash, wanted.ToDictionary(aspect => aspect, aspect => stored.Scores[aspect]),
            stored.Reasons.Where(reason => wanted.Contains(reason.Key)).ToDictionary());

        Judgment Failed(string error) => Judgment.Failed(answer.Id, Name, hash, error);
    }

    private static StoredJudge FromTable(StoredScores table, string? judge, IReadOnlyList<Aspect>? aspects)
    {
        judge = Choose(table.File, table.Judges, judge);
        var models = table.Models(judge);
        var stored = models.SelectMany(model => table.Judgments(model, judge).Select(judgment => (model, judgment)))
            .ToDictionary(pair => (pair.model, pair.judgment.Id), pair => pair.judgment);
        // The original's files name a generator by the path of its output.
        return new StoredJudge(judge, table.File, aspects, answer =>
            (answer.Generator is { } name ? models.FirstOrDefault(m => m == name)
                ?? models.FirstOrDefault(m => name.EndsWith($"/{m}.json", StringComparison.Ordinal)) : models.Count == 1 ? models[0] : null)
                is { } model ? stored.GetValueOrDefault((model, answer.Id)) : null);
    }

    private static StoredJudge FromJudgments(string file, string? judge, IReadOnlyList<Aspect>? aspects)
    {
        if (!File.Exists(file))
            throw new UrialException($"No file of stored judgments {file}: name one with --scores, a table (.csv) or JSON lines.");
        var judgments = JudgmentsFile.Read(file);
        judge = Choose(file, [.. judgments.Select(judgment => judgment.Judge).Distinct()], judge);
        var stored = judgments.Where(judgment => judgment.Judge == judge).GroupBy(judgment => judgment.Id)
            .ToDictionary(group => group.Key, group => group.Last());
        return new StoredJudge(judge, file, aspects, answer => stored.GetValueOrDefault(answer.Id));
    }

    private static string Choose(string file, IReadOnlyList<string> judges, string? judge) => (judges, judge) switch
    {
        ({ Count: 0 }, _) => throw new UrialException($"{file} holds no scores."),
        ({ Count: 1 }, null) => judges[0],
        (_, null) => throw new UrialException(
            $"{file} holds the scores of several judges: choose one of {string.Join(", ", judges)} with --judge-model."),
        _ when judges.Contains(judge) => judge,
        _ => throw new UrialException(
            $"{file} holds no scores by '{judge}'. It has {string.Join(", ", judges)}: choose with --judge-model."),
    };
}
