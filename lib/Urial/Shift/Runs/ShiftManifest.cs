using System.Text.Json;

namespace Urial;

/// <summary>
/// What a run was made from: enough to make it again and to see whether two runs are comparable. No times, and no paths
/// beyond those that the caller gave.
/// </summary>
internal static class ShiftManifest
{
    /// <summary>Writes the manifest of one run.</summary>
    public static void Write(
        Utf8JsonWriter json, ShiftRunSettings settings, ModelPair pair, ShiftTable table, int lines,
        IReadOnlyList<ShiftFailure> failures, IReadOnlyDictionary<string, string> fileHashes)
    {
        json.WriteStartObject();
        json.WriteString("kind", "urial-shift");
        json.WriteStartObject("versions");
        json.WriteString("urial", ManifestJson.VersionOf(typeof(ShiftManifest)));
        json.WriteString("torchsharp", ManifestJson.VersionOf(typeof(TorchSharp.torch)));
        json.WriteString("parquet_net", ManifestJson.VersionOf(typeof(Parquet.ParquetWriter)));
        json.WriteEndObject();
        Model(json, "base", settings.BaseDirectory, pair.Base);
        Model(json, "aligned", settings.AlignedDirectory, pair.Aligned);
        json.WriteString("dtype", settings.Precision == Precision.F32 ? "f32" : "bf16");
        json.WriteString("tokenizer_sha256", pair.Tokenizer.Sha256);
        json.WriteStartObject("queries");
        json.WriteString("path", settings.QueriesFile);
        json.WriteString("sha256", ContentHash.OfFile(settings.QueriesFile, "queries file"));
        json.WriteEndObject();
        json.WriteStartObject("prompts");
        json.WriteString("sha256", ContentHash.Of(table.Answers.SelectMany(a => new[] { a.Id, a.BasePrompt, a.AlignedPrompt })));
        json.WriteString("zero_shot_sha256", ContentHash.Of(ZeroShot.Template));
        json.WriteEndObject();
        json.WriteStartObject("decoding");
        json.WriteString("method", "greedy");
        json.WriteNumber("max_new_tokens", settings.Options.MaxNewTokens);
        json.WriteNumber("repetition_penalty", 1);
        json.WriteBoolean("stop_at_eos", true);
        json.WriteEndObject();
        json.WriteNumber("top", settings.Options.Top);
        json.WriteStartObject("bootstrap");
        json.WriteString("unit", "query");
        json.WriteNumber("resamples", Bootstrap.DefaultResamples);
        json.WriteNumber("level", Bootstrap.DefaultLevel);
        json.WriteNumber("seed", 0);
        json.WriteEndObject();
        json.WriteNumber("n", lines);
        json.WriteNumber("n_answers", table.Answers.Count);
        json.WriteNumber("n_positions", table.Answers.Sum(answer => answer.Positions.Count));
        json.WriteNumber("n_not_ended", table.Answers.NotEnded());
        json.WriteStartArray("not_ended");
        foreach (var answer in table.Answers.Where(answer => !answer.Ended))
            json.WriteStringValue(answer.Id);
        json.WriteEndArray();
        json.WriteNumber("n_failed", failures.Count);
        json.WriteStartArray("failed");
        foreach (var failure in failures)
        {
            json.WriteStartObject();
            json.WriteNumber("line", failure.Line);
            json.WriteString("id", failure.Id);
            json.WriteString("error", failure.Error);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        ManifestJson.Hashes(json, "files_sha256", fileHashes);
        json.WriteEndObject();
    }

    private static void Model(Utf8JsonWriter json, string side, string path, LanguageModel model)
    {
        json.WriteStartObject(side);
        json.WriteString("path", path);
        json.WriteString("model_type", model.Config.ModelType);
        json.WriteNumber("vocabulary", model.Config.VocabularySize);
        ManifestJson.Hashes(json, "files_sha256", model.Hashes);
        json.WriteEndObject();
    }
}
