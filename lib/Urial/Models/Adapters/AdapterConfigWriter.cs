using System.Text.Json.Nodes;

namespace Urial;

/// <summary>Writes an <see cref="AdapterConfig"/> as PEFT does: fields in order of their names, those that every version since 0.5 knows.
/// Newer ones stand there only where they say something, since an old PEFT refuses a field that it does not know.</summary>
internal static class AdapterConfigWriter
{
    public static string Text(AdapterConfig config)
    {
        var json = new JsonObject
        {
            ["alpha_pattern"] = Pattern(config.AlphaPattern, Number),
            ["auto_mapping"] = config.BaseClass is { } name
                ? new JsonObject { ["base_model_class"] = name, ["parent_library"] = null } : null,
            ["base_model_name_or_path"] = config.Base,
            ["bias"] = "none",
            ["fan_in_fan_out"] = config.FanInFanOut,
            ["inference_mode"] = true,
            ["init_lora_weights"] = true,
            ["layers_pattern"] = config.LayersPattern.Count == 0 ? null : ManifestJson.List(config.LayersPattern),
            ["layers_to_transform"] = config.Layers.Count == 0 ? null
                : new JsonArray([.. config.Layers.Select(layer => JsonValue.Create(layer))]),
            ["lora_alpha"] = Number(config.Alpha),
            ["lora_dropout"] = config.Dropout,
            ["modules_to_save"] = null,
            ["peft_type"] = "LORA",
            ["r"] = config.Rank,
            ["rank_pattern"] = Pattern(config.RankPattern, rank => JsonValue.Create(rank)),
            ["revision"] = config.Revision,
            ["target_modules"] = config.TargetPattern is { } pattern ? pattern
                : ManifestJson.List(config.TargetModules.Order(StringComparer.Ordinal)),
            ["task_type"] = config.TaskType,
        };
        if (config.ExcludedPattern is not null || config.ExcludedModules.Count > 0)
            json["exclude_modules"] = config.ExcludedPattern is { } excluded ? excluded : ManifestJson.List(config.ExcludedModules);
        if (config.RankStabilised)
            json["use_rslora"] = true;
        return ManifestJson.Text(new JsonObject(json.OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))));
    }

    private static JsonObject Pattern<T>(IEnumerable<KeyValuePair<string, T>> pattern, Func<T, JsonNode> write) =>
        new(pattern.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)write(entry.Value))));

    // A whole number as one: PEFT's own is an int.
    private static JsonValue Number(double value) =>
        value == Math.Floor(value) && Math.Abs(value) < 1e15 ? JsonValue.Create((long)value) : JsonValue.Create(value);
}
