using System.Text.Json.Nodes;

namespace Urial;

/// <summary>
/// A whole run: a file of answers under one judge, into a file of judgments and its manifest. Each judgment is on disk as soon as it is
/// there, so that a run that was killed goes on where it stopped; a rerun tries again what failed and nothing else.
/// </summary>
public sealed class JudgeRun : IDisposable
{
    private readonly JudgeRunSettings _settings;
    private readonly IReadOnlyList<AnswerToJudge> _answers;
    private readonly IJudge _judge;
    private readonly OutputLock _held;
    private readonly RunOutput<Judgment> _output;

    private JudgeRun(JudgeRunSettings settings, IReadOnlyList<AnswerToJudge> answers, IJudge judge, OutputLock held)
    {
        (_settings, _answers, _judge, _held) = (settings, answers, judge, held);
        var known = answers.ToDictionary(answer => answer.Id);
        _output = new RunOutput<Judgment>(settings.OutFile, "judgment", JudgmentsFile.Parse, (_, judgment) => Stays(judgment, known));
        Remaining = [.. answers.Where(answer => !_output.Has(answer.Id))];
    }

    /// <summary>The judge's name.</summary>
    public string Judge => _judge.Name;

    /// <summary>The answers that no earlier run scored.</summary>
    public IReadOnlyList<AnswerToJudge> Remaining { get; }

    /// <summary>How many answers an earlier run scored.</summary>
    public int Kept => _output.Earlier;

    /// <summary>One judgment for each answer that is judged, in the answers' order.</summary>
    public IReadOnlyList<Judgment> Judgments =>
        [.. _answers.Where(answer => _output.Has(answer.Id)).Select(answer => _output.Of(answer.Id))];

    /// <summary>How many failed.</summary>
    public int Failed => _output.Items.Count(judgment => judgment.Status == JudgmentStatus.Failed);

    /// <summary>
    /// Reads the answers and what an earlier run scored, and keeps other runs from the output and its manifest until it is disposed of.
    /// </summary>
    /// <param name="settings">What to judge, and where to.</param>
    /// <param name="judge">The judge; it is not disposed of.</param>
    /// <exception cref="UrialException">
    /// A file cannot be read or written, another run is writing the output, or it holds scores by another judge, of other answers, or by
    /// another prompt: they are not overwritten.
    /// </exception>
    public static JudgeRun Open(JudgeRunSettings settings, IJudge judge)
    {
        var answers = AnswersToJudge.Read(settings.AnswersFile);
        var held = OutputLock.Take(settings.OutFile, settings.ManifestFile);
        try
        {
            return new JudgeRun(settings, answers, judge, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Judges what remains and writes the manifest.</summary>
    /// <param name="progress">Called after each answer.</param>
    /// <param name="cancellation">Stops the run; what was judged is kept.</param>
    /// <exception cref="UrialException">The output cannot be written.</exception>
    public async Task ExecuteAsync(Action<RunStep>? progress = null, CancellationToken cancellation = default)
    {
        var gate = new Lock();
        await Parallel.ForEachAsync(
            Remaining, new ParallelOptions { MaxDegreeOfParallelism = _settings.Concurrency, CancellationToken = cancellation },
            async (answer, token) =>
            {
                var judgment = await _judge.JudgeAsync(answer, token).ConfigureAwait(false);
                lock (gate)
                {
                    // What was paid for waits for the disk.
                    _output.Append(
                        [(answer.Id, judgment, json => JudgmentsFile.Write(json, judgment, answer.HasNumberAsId))],
                        judgment.Usage.Calls > 0);
                    progress?.Invoke(new RunStep("judging", _output.Count - Kept, Remaining.Count));
                }
            }).ConfigureAwait(false);
        _output.Finish(_answers.Select(answer => answer.Id));
        AtomicFile.WriteText(_settings.ManifestFile, ManifestJson.Text(Manifest()));
    }

    /// <summary>Lets other runs write the output.</summary>
    public void Dispose()
    {
        _output.Dispose();
        _held.Dispose();
    }

    private bool Stays(Judgment judgment, Dictionary<string, AnswerToJudge> known)
    {
        if (judgment.Status != JudgmentStatus.Scored)
            return false;
        var foreign = judgment.Judge != _judge.Name ? $"scores by {judgment.Judge}, not by {_judge.Name}"
            : !known.TryGetValue(judgment.Id, out var answer) ? $"a score for id {judgment.Id}, which the answers do not have"
            : judgment.PromptSha256 != _judge.PromptSha256(answer) ? $"a score for another answer to id {judgment.Id}, or by another prompt"
            : null;
        return foreign is null ? true : throw new UrialException(
            $"{_settings.OutFile} holds {foreign}: it is not overwritten. Choose another --out, or remove the file.");
    }

    private JsonObject Manifest()
    {
        var judgments = Judgments;
        var json = new JsonObject
        {
            ["kind"] = "urial-judge",
            ["urial"] = ManifestJson.VersionOf(typeof(JudgeRun)),
            ["judge"] = Judge,
            ["aspects"] = ManifestJson.List(_settings.Aspects.Select(aspect => aspect.Name())),
        };
        if (_judge is LlmJudge model)
        {
            var atServer = judgments.Count(judgment => judgment.AtServerTemperature);
            (json["rubric"], json["rubric_sha256"]) = (model.Rubric.Name, model.Rubric.Sha256);
            if (model.AtServerTemperature || atServer > 0)
                (json["temperature"], json["n_at_server_temperature"]) = (JudgmentsFile.ServerTemperature, atServer);
            else
                json["temperature"] = 0;
            json["endpoint"] = _settings.Endpoint?.GetLeftPart(UriPartial.Path); // without a query: some servers take keys there
        }
        json["answers"] = ManifestJson.File(_settings.AnswersFile, "answers file");
        if (_settings.ScoresFile is { } scores)
            json["scores"] = ManifestJson.File(scores, "file of scores");
        json["judgments"] = ManifestJson.File(_settings.OutFile, "judgments file");
        json["n"] = judgments.Count;
        json["n_scored"] = judgments.Count - Failed;
        json["n_failed"] = Failed;
        json["n_na"] = judgments.Sum(judgment => judgment.Scores.Values.Count(score => score is null));
        var usage = judgments.Aggregate(JudgeUsage.None, (sum, judgment) => sum + judgment.Usage);
        (json["calls"], json["input_tokens"], json["output_tokens"]) = (usage.Calls, usage.InputTokens, usage.OutputTokens);
        return json;
    }
}
