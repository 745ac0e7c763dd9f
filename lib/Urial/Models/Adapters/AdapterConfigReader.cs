using System.Text.Json;

namespace Urial;

/// <summary>
/// Makes an <see cref="AdapterConfig"/> of an <c>adapter_config.json</c>, or says by name what in it is not supported. Facts as in PEFT
/// 0.5 to 0.17: a field that is absent, null, false or empty asks for nothing.
/// </summary>
internal static class AdapterConfigReader
{
    private const string Merge = "Merge it into its base with PEFT (merge_and_unload, save_pretrained), and name the folder of that model.";

    // What changes the computation beyond B·A, and what it is.
    private static readonly (string Field, string What)[] Unsupported =
    [
        ("use_dora", "a DoRA adapter, which scales the base's matrices too"),
        ("use_qalora", "a QA-LoRA adapter"),
        ("lora_bias", "an adapter with biases on its matrices"),
        ("modules_to_save", "an adapter that replaces whole modules of the base"),
        ("trainable_token_indices", "an adapter that trains rows of the embedding"),
        ("layer_replication", "an adapter that repeats layers of the base"),
        ("target_parameters", "an adapter on parameters that are no modules"),
        ("megatron_config", "an adapter of a Megatron model"),
        ("alora_invocation_tokens", "an activated LoRA, which is switched on by tokens"),
        ("arrow_config", "an adapter that is routed between others"),
        ("use_bdlora", "an adapter of block-diagonal matrices"),
    ];

    // These change the base's own matrices before training: what was stored belongs to that base.
    private static readonly string[] Initialisations = ["pissa", "olora", "loftq", "corda"];

    public static AdapterConfig Load(string path)
    {
        var root = InputFile.Json(path, "adapter's configuration");
        if (root.ValueKind != JsonValueKind.Object)
            throw new UrialException($"'{path}' is not a JSON object. Download it again.");
        var json = ConfigJson.Load(path);
        var type = json.Text("peft_type")
            ?? throw new UrialException($"'{path}' has no 'peft_type'. Is it the adapter_config.json of an adapter that PEFT wrote?");
        if (type != "LORA")
            throw new UrialException($"'{path}': adapters of the type {type} are not supported, only LORA. {Merge}");
        foreach (var (field, what) in Unsupported)
            if (Asks(root, field))
                throw new UrialException(
                    $"'{path}': {field} is {root.GetProperty(field).GetRawText()}: {what}, which is not supported. {Merge}");
        if (json.Text("bias") is { } bias and not "none")
            throw new UrialException($"'{path}': bias is '{bias}': an adapter that trains the base's biases, which is not supported; "
                + $"none is. {Merge}");
        if (json.Text("task_type") is { } task and not ("CAUSAL_LM" or "FEATURE_EXTRACTION"))
            throw new UrialException($"'{path}': task_type is '{task}', and only language models that continue texts (CAUSAL_LM) are "
                + "supported.");
        if (root.TryGetProperty("init_lora_weights", out var start) && start.ValueKind == JsonValueKind.String
            && Initialisations.FirstOrDefault(name => start.GetString()!.StartsWith(name, StringComparison.OrdinalIgnoreCase)) is { } odd)
            throw new UrialException($"'{path}': init_lora_weights is '{start.GetString()}': {odd} changes the base's own matrices before "
                + "training, and this adapter fits those alone. Save it with PEFT's path_initial_model_for_weight_conversion, which "
                + "makes a plain LoRA of it.");
        var (targets, target) = Names(root, "target_modules", path);
        var (excluded, exclude) = Names(root, "exclude_modules", path);
        if (target is null && targets.Count == 0)
            throw new UrialException($"'{path}' has no 'target_modules': which matrices the adapter changes is not said. Get the file that "
                + "PEFT wrote beside the adapter's weights.");
        var read = new AdapterConfig
        {
            Rank = json.NeededCount("r"),
            Alpha = json.NeededNumber("lora_alpha"),
            TargetModules = targets,
            TargetPattern = target,
            ExcludedModules = excluded,
            ExcludedPattern = exclude,
            Layers = Layers(root, path),
            LayersPattern = Names(root, "layers_pattern", path) is var (list, one) && one is not null ? [one] : list,
            RankPattern = Pattern(root, "rank_pattern", path, value =>
                value.TryGetInt32(out var rank) && rank > 0 ? rank : throw Wrong(path, "rank_pattern", "whole numbers above 0", value)),
            AlphaPattern = Pattern(root, "alpha_pattern", path, value => value.GetDouble()),
            RankStabilised = json.Flag("use_rslora", false),
            FanInFanOut = json.Flag("fan_in_fan_out", false),
            Dropout = json.Number("lora_dropout") ?? 0,
            Base = json.Text("base_model_name_or_path") is { Length: > 0 } @base ? @base : null,
            Revision = json.Text("revision"),
            TaskType = json.Text("task_type"),
            BaseClass = json.Section("auto_mapping")?.Text("base_model_class"),
        };
        CheckPatterns(read, path);
        return read;
    }

    // Now, where the file can be named.
    private static void CheckPatterns(AdapterConfig config, string path)
    {
        const string any = "model.layers.0.self_attn.q_proj";
        try
        {
            config.Targets(any);
            config.ScaleOf(any);
        }
        catch (UrialException problem)
        {
            throw new UrialException($"'{path}': {problem.Message}", problem);
        }
    }

    private static bool Asks(JsonElement root, string field) => root.TryGetProperty(field, out var value) && value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };

    private static (IReadOnlyList<string> List, string? One) Names(JsonElement root, string field, string path)
    {
        if (!root.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return ([], null);
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString() is { Length: > 0 } one ? ([], one) : ([], null);
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? ([.. value.EnumerateArray().Select(item => item.GetString()!)], null)
            : throw Wrong(path, field, "a list of names, or one text", value);
    }

    private static int[] Layers(JsonElement root, string path)
    {
        const string field = "layers_to_transform";
        if (!root.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return [];
        var all = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value };
        return [.. all.Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var layer) && layer >= 0 ? layer
            : throw Wrong(path, field, "a layer's number, or a list of them", value))];
    }

    private static KeyValuePair<string, T>[] Pattern<T>(JsonElement root, string field, string path, Func<JsonElement, T> read)
    {
        if (!root.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return [];
        return value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(item => item.Value.ValueKind == JsonValueKind.Number)
            ? [.. value.EnumerateObject().Select(item => KeyValuePair.Create(item.Name, read(item.Value)))]
            : throw Wrong(path, field, "an object from names to numbers", value);
    }

    private static UrialException Wrong(string path, string field, string wanted, JsonElement value) =>
        new($"'{path}': '{field}' should be {wanted}, and it is {value.GetRawText()}.");
}
