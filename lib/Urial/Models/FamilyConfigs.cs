using System.Text.Json.Nodes;

namespace Urial;

/// <summary>What the <c>config.json</c> of some families says beside the sizes, read and written back.</summary>
internal static class FamilyConfigs
{
    public static DecoderConfig ReadQwen(ConfigJson json, DecoderConfig config)
    {
        var window = json.Flag("use_sliding_window", false) ? json.Count("sliding_window", 4096) : null;
        var first = json.Whole("max_window_layers") ?? 28;
        return Windowed(json, config, window, layer => layer >= first);
    }

    public static void WriteQwen(JsonObject json, DecoderConfig config)
    {
        WriteWindow(json, config);
        json["max_window_layers"] = config.SlidingWindow is null ? config.Layers
            : Enumerable.Range(0, config.Layers).Count(layer => config.Window(layer) is null);
        json["use_sliding_window"] = config.SlidingWindow is not null;
    }

    public static DecoderConfig ReadSmolLm3(ConfigJson json, DecoderConfig config)
    {
        var interval = json.Count("no_rope_layer_interval") ?? 4;
        var listed = json.Numbers("no_rope_layers"); // despite its name, 1 where a layer turns
        if (listed is not null && listed.Length != config.Layers)
            throw new UrialException($"'{json.Path}': no_rope_layers has {listed.Length} entries, and the model {config.Layers} layers.");
        bool[] turned = [.. Enumerable.Range(0, config.Layers)
            .Select(layer => listed is null ? (layer + 1) % interval != 0 : listed[layer] != 0)];
        var window = json.Flag("use_sliding_window", false) ? json.Count("sliding_window") : null;
        return Windowed(json, config with { TurnedLayers = turned.All(turns => turns) ? [] : turned }, window, layer => !turned[layer]);
    }

    public static void WriteSmolLm3(JsonObject json, DecoderConfig config)
    {
        json["no_rope_layers"] = new JsonArray([.. Enumerable.Range(0, config.Layers)
            .Select(layer => JsonValue.Create(config.IsTurned(layer) ? 1 : 0))]);
        WriteWindow(json, config);
        json["use_sliding_window"] = config.SlidingWindow is not null;
    }

    public static DecoderConfig ReadGemma3(ConfigJson json, DecoderConfig config)
    {
        if (json.Flag("use_bidirectional_attention", false))
            throw new UrialException($"'{json.Path}': use_bidirectional_attention is set: this model embeds texts, each token seeing later "
                + "ones too, and does not continue them. Use a Gemma 3 without it.");
        var pattern = json.Count("sliding_window_pattern") ?? json.Count("_sliding_window_pattern") ?? 6;
        return ReadGemma(json, config, attentionCap: null, logitCap: null, pattern) with
        {
            LocalRopeTheta = config.LocalRopeTheta ?? json.Number("rope_local_base_freq") ?? 10_000,
        };
    }

    public static DecoderConfig ReadGemma(ConfigJson json, DecoderConfig config, double? attentionCap, double? logitCap, int pattern) =>
        Windowed(json, config, json.Count("sliding_window", 4096), layer => (layer + 1) % pattern != 0) with
        {
            QueryScalar = json.Number("query_pre_attn_scalar") ?? 256,
            AttentionCap = json.Number("attn_logit_softcapping", attentionCap),
            LogitCap = json.Number("final_logit_softcapping", logitCap),
        };

    /// <summary>Gives the window to the layers that <c>layer_types</c> names, else to those of the family's pattern.</summary>
    private static DecoderConfig Windowed(ConfigJson json, DecoderConfig config, int? window, Func<int, bool> pattern)
    {
        var listed = json.LayerTypes(config.Layers);
        bool[] slides = [.. Enumerable.Range(0, config.Layers)
            .Select(layer => listed is null ? window is not null && pattern(layer) : listed[layer] == ConfigJson.SlidingLayer)];
        if (window is null && slides.Contains(true))
            throw new UrialException($"'{json.Path}': layer_types asks for sliding windows, and sliding_window is not set or switched off "
                + "(use_sliding_window). Get the config.json that belongs to the weights.");
        return slides.Contains(true) ? config with { SlidingWindow = window, SlidingLayers = slides } : config;
    }

    public static void WriteGemma(JsonObject json, DecoderConfig config)
    {
        json["query_pre_attn_scalar"] = config.QueryScalar;
        json["attn_logit_softcapping"] = config.AttentionCap;
        json["final_logit_softcapping"] = config.LogitCap;
        WriteWindow(json, config);
    }

    private static void WriteWindow(JsonObject json, DecoderConfig config)
    {
        json["sliding_window"] = config.SlidingWindow;
        json["layer_types"] = new JsonArray([.. Enumerable.Range(0, config.Layers)
            .Select(layer => JsonValue.Create(config.Window(layer) is null ? ConfigJson.FullLayer : ConfigJson.SlidingLayer))]);
    }
}
