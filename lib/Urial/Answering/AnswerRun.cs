using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial;

/// <summary>
/// A whole run: a file of queries under one model and one prompt style, into a file of answers and its manifest. Lines that fail are left
/// out, recorded in the manifest, and do not stop the others.
/// </summary>
/// <remarks>
/// Answers are written batch by batch. The same run again goes on where it was stopped: answers that are there stay as they are, and
/// batches hold the same queries as before, so that the file becomes what an unbroken run makes of it.
/// </remarks>
public sealed class AnswerRun
{
    private readonly AnswerRunSettings _settings;
    private readonly LanguageModel _model;
    private readonly IPromptStyle? _style;
    private readonly RunInput<AnswerQuery> _input;
    private readonly string _generator;

    private AnswerRun(AnswerRunSettings settings, LanguageModel model, RunInput<AnswerQuery> input)
    {
        (_settings, _model, _input) = (settings, model, input);
        _style = settings.Prompt?.For(model);
        // "urial" is the first examples of a longer file, whose name would say another number.
        var name = settings.Prompt?.Style == "urial" ? "urial" : _style?.Name ?? "";
        var examples = settings.Prompt?.Examples?.ToString(CultureInfo.InvariantCulture) ?? "";
        _generator = string.Join('-', new[] { model.Name, name, examples }.Where(part => part.Length > 0));
    }

    /// <summary>Number of answers in the file.</summary>
    public int Answers { get; private set; }

    /// <summary>How many of them were there before.</summary>
    public int Earlier { get; private set; }

    /// <summary>How many of them ran into the limit of new tokens.</summary>
    public int Unstopped { get; private set; }

    /// <summary>What must be known of the model (<see cref="LanguageModel.Notes"/>).</summary>
    public IReadOnlyList<string> Notes => _model.Notes;

    /// <summary>The lines that failed, in the file's order.</summary>
    public IReadOnlyList<RunFailure> Failures => _input.Failures;

    /// <summary>Runs, or goes on with a run of the same settings.</summary>
    /// <param name="settings">What to answer, and where to.</param>
    /// <param name="progress">Called after every batch: answers that are there, and how many there will be.</param>
    /// <param name="failed">Called for each line that fails, as soon as it is known.</param>
    /// <exception cref="UrialException">
    /// The queries file, the model, the prompt style or the output file cannot be used, or every line failed.
    /// </exception>
    public static AnswerRun Execute(AnswerRunSettings settings, Action<RunStep>? progress = null, Action<RunFailure>? failed = null)
    {
        settings.Options.Check();
        var input = new RunInput<AnswerQuery>(settings.QueriesFile, "queries file", AnswerQueries.Read(settings.QueriesFile), failed);
        if (settings.Prompt is null && input.Lines.FirstOrDefault(line => line.Item?.Conversation is not null) is { } open)
            throw new UrialException(
                $"{settings.QueriesFile}:{open.Number}: the query needs a prompt style. Give --prompt-style, or lines with \"prompt\".");
        using var held = OutputLock.Take(settings.OutFile, settings.ManifestFile);
        using var model = settings.AdapterDirectory is { } adapter
            ? LanguageModel.Load(settings.ModelDirectory, adapter, settings.Precision)
            : LanguageModel.Load(settings.ModelDirectory, settings.Precision);
        var run = new AnswerRun(settings, model, input);
        _ = model.Tokenizer; // read now: what is wrong with it is no fault of a line
        run.Run(progress);
        return run;
    }

    private void Run(Action<RunStep>? progress)
    {
        var prompts = _input.Prepare((line, query) => PreparedAnswer.Of(_model, _style, line.Number, query, _settings.Options));
        if (prompts.Count == 0)
            throw _input.Nothing("answered");
        var same = Same();
        ManifestJson.CheckSame(same, _settings.ManifestFile,
            File.Exists(_settings.LinesFile) ? _settings.LinesFile : _settings.OutFile, "answers");
        if (_settings.LinesFile != _settings.OutFile && File.Exists(_settings.OutFile) && !File.Exists(_settings.LinesFile))
            Unpack(prompts);
        using var output = Open(prompts);
        Earlier = output.Earlier;
        WriteManifest(same, prompts, null);

        var shares = Earlier < prompts.Count && _settings.Options.SharePrefix;
        using (var prefix = shares ? _model.Prefix([.. prompts.Select(prompt => prompt.Tokens.Ids)]) : null)
            foreach (var batch in prompts.Chunk(_settings.Options.BatchSize))
            {
                if (!batch.All(prompt => output.Has(prompt.Id)))
                    Answer(batch, prefix, output);
                progress?.Invoke(new RunStep("answering", output.Count, prompts.Count));
            }
        if (output.Count == 0)
        {
            output.Discard();
            File.Delete(_settings.ManifestFile);
            throw _input.Nothing("answered");
        }
        output.Finish(prompts.Select(prompt => prompt.Id));
        (Answers, Unstopped) = (output.Count, output.Items.Count(answer => answer.StopReason == "limit"));
        if (_settings.LinesFile != _settings.OutFile)
        {
            StoredAnswers.Write(_settings.OutFile, StoredAnswers.Read(_settings.LinesFile));
            output.Discard();
        }
        WriteManifest(same, prompts, output);
    }

    // A Parquet file becomes the lines that it was made of, so that lines which failed are tried again as in any run. Prompts are not in
    // it: their hash in the manifest has to be the same.
    private void Unpack(List<PreparedAnswer> prompts)
    {
        var manifest = InputFile.Json(_settings.ManifestFile, "manifest");
        if (!manifest.TryGetProperty("prompts_sha256", out var hash) || hash.GetString() != PromptsHash(prompts))
            throw new UrialException($"{_settings.OutFile} holds answers to other queries or prompts. Use the same queries, delete the "
                + "file, or choose another --out.");
        var known = prompts.ToDictionary(prompt => prompt.Id, StringComparer.Ordinal);
        var name = Path.GetFileNameWithoutExtension(_settings.QueriesFile);
        using var output = Open(prompts);
        output.Append(StoredAnswers.Read(_settings.OutFile).Where(answer => known.ContainsKey(answer.Id)).Select(answer =>
        {
            var prompt = known[answer.Id];
            var generation = new Generation(
                prompt.Tokens.Ids, [.. answer.AnswerIds], AnswerJson.Reason(answer.StopReason, _settings.OutFile), answer.Output);
            return (answer.Id, new Written(prompt.Tokens.Ids, answer.StopReason),
                new Action<Utf8JsonWriter>(json => AnswerJson.Write(json, prompt.Query, generation, _generator, name)));
        }));
    }

    private static string PromptsHash(List<PreparedAnswer> prompts) =>
        ContentHash.Of(prompts.SelectMany(prompt => new[] { prompt.Id, prompt.Text }));

    private RunOutput<Written> Open(List<PreparedAnswer> prompts)
    {
        var known = prompts.ToDictionary(prompt => prompt.Id, StringComparer.Ordinal);
        return new RunOutput<Written>(_settings.LinesFile, "answer", Written.Of, (id, answer) =>
        {
            var what = !known.TryGetValue(id, out var prompt)
                ? $"an answer to \"{id}\", and {_settings.QueriesFile} no such query that can be answered"
                : prompt.Tokens.Ids.AsSpan().SequenceEqual(answer.PromptIds) ? null
                : $"an answer to another prompt for \"{id}\" than line {prompt.Line} of {_settings.QueriesFile} gives";
            return what is null ? true : throw new UrialException(
                $"{_settings.OutFile} holds {what}. Use the same queries, delete the file, or choose another --out.");
        });
    }

    // The whole batch is answered anew where some of it is there: what an answer is computed beside stays the same, down to the last bit.
    private void Answer(PreparedAnswer[] batch, PrefixCache? prefix, RunOutput<Written> output)
    {
        Generation[] answers;
        try
        {
            answers = _model.GenerateBatch([.. batch.Select(prompt => prompt.Tokens)], _settings.Options, prefix);
        }
        catch (UrialException e) when (batch.Length == 1)
        {
            _input.Fail(batch[0].Line, batch[0].Id, e.Message);
            return;
        }
        catch (UrialException)
        {
            foreach (var single in batch.Where(prompt => !output.Has(prompt.Id))) // one of them spoils the batch: find out which
                Answer([single], prefix, output);
            return;
        }
        // Outside: a disk that is full is no fault of a query, and ends the run.
        var name = Path.GetFileNameWithoutExtension(_settings.QueriesFile);
        output.Append(batch.Zip(answers).Where(pair => !output.Has(pair.First.Id)).Select(pair => (
            pair.First.Id, new Written(pair.Second.PromptIds, AnswerJson.Name(pair.Second.StopReason)),
            new Action<Utf8JsonWriter>(json => AnswerJson.Write(json, pair.First.Query, pair.Second, _generator, name)))));
    }

    /// <summary>Everything that decides which answer a prompt gets: equal settings give equal answers.</summary>
    private JsonObject Same()
    {
        var options = _settings.Options;
        return new JsonObject
        {
            ["versions"] = ManifestJson.Versions(("urial", typeof(AnswerRun)), ("torchsharp", typeof(TorchSharp.torch))),
            ["generator"] = _generator,
            ["model_files_sha256"] = ManifestJson.Hashes(_model.Hashes),
            ["tokenizer_sha256"] = _model.Tokenizer.Sha256,
            ["dtype"] = _settings.Precision.Word(),
            ["prompt"] = _style is null ? null : _settings.Prompt!.Manifest(_style),
            ["decoding"] = new JsonObject
            {
                ["method"] = options.Temperature == 0 ? "greedy" : "sampled",
                ["max_new_tokens"] = options.MaxNewTokens,
                ["temperature"] = options.Temperature,
                ["top_k"] = options.TopK,
                ["top_p"] = options.TopP,
                ["seed"] = options.Seed,
                ["repetition_penalty"] = options.RepetitionPenalty,
                ["repetition_penalty_scope"] = options.PenaltyScope == PenaltyScope.Answer ? "answer" : "prompt-and-answer",
                ["stop_at_eos"] = options.StopAtEos,
            },
        };
    }

    // Written when the run begins (complete: false) and when it ends.
    private void WriteManifest(JsonObject same, List<PreparedAnswer> prompts, RunOutput<Written>? answers)
    {
        var place = _model.HasAdapter ? _model.BaseDirectory : _settings.ModelDirectory;
        var json = new JsonObject
        {
            ["kind"] = "urial-generate",
            ["complete"] = answers is not null,
            ["settings_sha256"] = ContentHash.Of(same.ToJsonString()),
            ["settings"] = same.DeepClone(),
            ["model_path"] = HubOrigin.Shown(place),
            ["prompt_provenance"] = _style is null ? null : PromptChoice.Provenance(_style),
            ["queries"] = _input.Source,
            ["prompts_sha256"] = PromptsHash(prompts),
            ["n"] = _input.Lines.Count,
        };
        if (HubOrigin.Json(place) is { } hub)
            json["model_hub"] = hub;
        if (ModelManifest.Adapter(_model) is { } adapter)
            json["model_adapter"] = adapter;
        if (_model.Notes.Count > 0)
            json["model_notes"] = ManifestJson.List(_model.Notes);
        if (answers is not null)
        {
            json["n_answers"] = answers.Count;
            json["n_stopped"] = new JsonObject(
                answers.Items.CountBy(answer => answer.StopReason).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => KeyValuePair.Create(group.Key, (JsonNode?)group.Value)));
            json["n_failed"] = _input.Failures.Count;
            json["failed"] = _input.Failed;
            json["files_sha256"] = new JsonObject
            {
                [Path.GetFileName(_settings.OutFile)] = ContentHash.OfFile(_settings.OutFile, "answers file"),
            };
        }
        AtomicFile.WriteText(_settings.ManifestFile, ManifestJson.Text(json));
    }

    /// <summary>What the run keeps of an answer: the prompt that it answers, and why it ended, as the file says it.</summary>
    private sealed record Written(int[] PromptIds, string StopReason)
    {
        public static Written Of(JsonLine line) => new(line.NeedTokenIds("prompt_ids"), line.Need("stop_reason"));
    }
}
