using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial;

/// <summary>
/// What a file of answers was made from: enough to make it again, and to refuse to go on with it under other settings. Written when the
/// run begins (<c>complete</c> false) and when it ends. No times, and no paths beyond those that the caller gave.
/// </summary>
internal static class AnswerManifest
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = ManifestJson.Layout.Encoder };

    /// <summary>Everything that decides which answer a prompt gets: equal settings give equal answers.</summary>
    public static JsonObject Settings(AnswerRunSettings settings, LanguageModel model, IPromptStyle? style, string generator)
    {
        GenerationOptions options = settings.Options;
        return new JsonObject
        {
            ["versions"] = new JsonObject { ["urial"] = ManifestJson.VersionOf(typeof(AnswerManifest)), ["torchsharp"] = ManifestJson.VersionOf(typeof(TorchSharp.torch)) },
            ["generator"] = generator,
            ["model_files_sha256"] = new JsonObject(model.Hashes.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => KeyValuePair.Create(file.Key, (JsonNode?)file.Value))),
            ["tokenizer_sha256"] = model.Tokenizer.Sha256,
            ["dtype"] = settings.Precision == Precision.F32 ? "f32" : "bf16",
            ["prompt"] = style is null ? null : Prompt(style, settings),
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

    /// <summary>Refuses to go on with a file that other settings began.</summary>
    /// <param name="settings">The run's settings.</param>
    /// <param name="path">The manifest.</param>
    /// <param name="answers">The answers' file.</param>
    /// <exception cref="UrialException">The manifest cannot be read, is missing beside answers, or has other settings; the message names them.</exception>
    public static void CheckSame(JsonObject settings, string path, string answers)
    {
        if (!HoldsSomething(answers))
            return; // no answer that could mix with the new ones, whatever a manifest tells of answers that are gone
        if (!File.Exists(path))
            throw new UrialException($"{answers} holds something already, and its manifest {path} is missing, so what made it is not known. Delete it, or choose another --out.");
        JsonNode? there;
        try
        {
            there = JsonNode.Parse(InputFile.Text(path, "manifest"))?["settings"];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or UrialException)
        {
            throw new UrialException($"The manifest {path} cannot be read: {e.Message} Delete it and {answers}, or choose another --out.", e);
        }
        string[] differences = [.. Differences(there, settings, "")];
        if (differences.Length > 0)
            throw new UrialException($"{answers} was begun with other settings, and answers of both kinds must not mix. Different: {string.Join("; ", differences)}. Use the same settings, delete it, or choose another --out.");
    }

    /// <summary>Writes the manifest.</summary>
    /// <param name="path">The manifest's path.</param>
    /// <param name="run">What was asked for.</param>
    /// <param name="settings">The run's settings.</param>
    /// <param name="style">How prompts were made.</param>
    /// <param name="prompts">The prompts' texts with their ids, in order.</param>
    /// <param name="lines">Number of lines in the file of queries.</param>
    /// <param name="failures">The lines that failed.</param>
    /// <param name="answers">The finished answers; null where the run has only begun.</param>
    public static void Write(
        string path, AnswerRunSettings run, JsonObject settings, IPromptStyle? style, IReadOnlyList<PreparedAnswer> prompts, int lines,
        IReadOnlyList<AnswerFailure> failures, IReadOnlyList<WrittenAnswer>? answers)
    {
        var json = new JsonObject
        {
            ["kind"] = "urial-generate",
            ["complete"] = answers is not null,
            ["settings_sha256"] = ContentHash.Of(settings.ToJsonString()),
            ["settings"] = settings.DeepClone(),
            ["model_path"] = run.ModelDirectory,
            ["prompt_provenance"] = style is null ? null : Example(style)?.Provenance,
            ["queries"] = new JsonObject { ["path"] = run.QueriesFile, ["sha256"] = ContentHash.OfFile(run.QueriesFile, "queries file") },
            ["prompts_sha256"] = ContentHash.Of(prompts.SelectMany(prompt => new[] { prompt.Query.Id, prompt.Text })),
            ["n"] = lines,
        };
        if (answers is not null)
        {
            json["n_answers"] = answers.Count;
            json["n_stopped"] = new JsonObject(answers.GroupBy(answer => answer.StopReason).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => KeyValuePair.Create(group.Key, (JsonNode?)group.Count())));
            json["n_failed"] = failures.Count;
            json["failed"] = new JsonArray([.. failures.Select(failure => new JsonObject { ["line"] = failure.Line, ["id"] = failure.Id, ["error"] = failure.Error })]);
            json["files_sha256"] = new JsonObject { [Path.GetFileName(run.OutFile)] = ContentHash.OfFile(run.OutFile, "answers file") };
        }
        AtomicFile.WriteText(path, json.ToJsonString(Indented) + "\n");
    }

    // A link has a length of its own.
    private static bool HoldsSomething(string answers) =>
        File.Exists(answers) && new FileInfo(File.ResolveLinkTarget(answers, returnFinalTarget: true)?.FullName ?? answers).Length > 0;

    private static JsonObject Prompt(IPromptStyle style, AnswerRunSettings settings) => new()
    {
        ["style"] = style.Name,
        ["examples"] = settings.Examples,
        ["query_form"] = settings.QueryForm.Word(),
        ["text_sha256"] = Example(style) is { } example ? ContentHash.Of(example.Text) : null, // with "{query}" in the query's place
    };

    // A template may refuse a conversation without a system message.
    private static PromptText? Example(IPromptStyle style)
    {
        try
        {
            return style.Prompt("{query}");
        }
        catch (UrialException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Differences(JsonNode? there, JsonNode? now, string name)
    {
        if (there is JsonObject one && now is JsonObject other)
            return one.Select(field => field.Key).Union(other.Select(field => field.Key))
                .SelectMany(key => Differences(one[key], other[key], name.Length == 0 ? key : $"{name}.{key}"));
        return JsonNode.DeepEquals(there, now) ? [] : [$"{name} was {Shown(there)} and is {Shown(now)}"];
    }

    private static string Shown(JsonNode? value) => value?.ToJsonString(new JsonSerializerOptions { Encoder = ManifestJson.Layout.Encoder }) ?? "not given";

}
