using System.Text.Json.Nodes;

namespace Urial;

/// <summary>
/// Rotary positions in a <c>config.json</c>: transformers 4 writes <c>rope_theta</c> and <c>rope_scaling</c>, transformers 5 one object
/// <c>rope_parameters</c>, or one for each kind of layer in it.
/// </summary>
internal static class RopeJson
{
    private static readonly (string Word, RopeKind Kind)[] Words =
    [
        ("default", RopeKind.Default), ("dynamic", RopeKind.Dynamic), ("linear", RopeKind.Linear), ("llama3", RopeKind.Llama3),
        ("longrope", RopeKind.LongRope), ("yarn", RopeKind.Yarn),
    ];

    /// <summary>Completes a configuration whose sizes are read.</summary>
    /// <exception cref="UrialException">The rope type is not known, or lacks what it needs.</exception>
    public static DecoderConfig Read(ConfigJson json, DecoderConfig config, DecoderFamily family)
    {
        if (family.Names.Positions is not null)
            return config;
        var isNew = json.Section("rope_parameters") is not null;
        var all = json.Section("rope_parameters") ?? json.Section("rope_scaling");
        var global = all?.Section(ConfigJson.FullLayer) ?? all;
        var local = all?.Section(ConfigJson.SlidingLayer);
        if (local is not null && Kind(local, family) is not RopeKind.Default and var kind)
            throw new UrialException($"'{local.Path}': rope type '{Word(kind)}' in layers with a window is not supported; default is.");
        return config with
        {
            RopeTheta = global?.Number("rope_theta") ?? json.Number("rotary_emb_base") ?? json.Number("rope_theta")
                ?? family.Fields.DefaultTheta,
            LocalRopeTheta = local?.Number("rope_theta"),
            RotaryFactor = Share(json, global, family),
            RopeScaling = global is null ? RopeScaling.None : Scaling(json, global, isNew, config.MaxPositions, family),
        };
    }

    /// <summary>Writes what <see cref="Read"/> reads, as transformers 4 does; 5 reads that too.</summary>
    public static void Write(JsonObject json, DecoderConfig config)
    {
        json["rope_theta"] = config.RopeTheta;
        var scaling = config.RopeScaling;
        if (scaling.Kind == RopeKind.LongRope)
            json["original_max_position_embeddings"] = scaling.OriginalPositions;
        json["rope_scaling"] = scaling.Kind switch
        {
            RopeKind.Default => null,
            RopeKind.Linear or RopeKind.Dynamic => new JsonObject { ["factor"] = scaling.Factor },
            RopeKind.Llama3 => new JsonObject
            {
                ["factor"] = scaling.Factor,
                ["high_freq_factor"] = scaling.HighFrequencyFactor,
                ["low_freq_factor"] = scaling.LowFrequencyFactor,
                ["original_max_position_embeddings"] = scaling.OriginalPositions,
            },
            RopeKind.Yarn => new JsonObject
            {
                ["attention_factor"] = scaling.AttentionFactor,
                ["beta_fast"] = scaling.BetaFast,
                ["beta_slow"] = scaling.BetaSlow,
                ["factor"] = scaling.Factor,
                ["original_max_position_embeddings"] = scaling.OriginalPositions,
                ["truncate"] = scaling.Truncate,
            },
            _ => new JsonObject
            {
                ["attention_factor"] = scaling.AttentionFactor,
                ["long_factor"] = Numbers(scaling.LongFactors),
                ["short_factor"] = Numbers(scaling.ShortFactors),
            },
        };
        if (json["rope_scaling"] is JsonObject written)
        {
            written["rope_type"] = Word(scaling.Kind);
            written["type"] = Word(scaling.Kind);
        }

        static JsonArray Numbers(IEnumerable<double> numbers) => new([.. numbers.Select(number => (JsonNode)number)]);
    }

    private static RopeScaling Scaling(ConfigJson json, ConfigJson given, bool isNew, int positions, DecoderFamily family)
    {
        var kind = Kind(given, family);
        if (kind == RopeKind.Default)
            return RopeScaling.None;
        if (kind == RopeKind.LongRope)
            return LongRope(json, given, isNew, positions);
        var original = given.Count("original_max_position_embeddings");
        // A file that says how far the context grew may say it by both lengths.
        var factor = kind == RopeKind.Yarn && original is int from && given.Number("factor") is null
            ? (double)positions / from : given.NeededNumber("factor");
        return kind switch
        {
            RopeKind.Linear => new RopeScaling { Kind = kind, Factor = factor },
            RopeKind.Dynamic => new RopeScaling { Kind = kind, Factor = factor, OriginalPositions = positions },
            RopeKind.Llama3 => new RopeScaling
            {
                Kind = kind,
                Factor = factor,
                LowFrequencyFactor = given.NeededNumber("low_freq_factor"),
                HighFrequencyFactor = given.NeededNumber("high_freq_factor"),
                OriginalPositions = given.NeededCount("original_max_position_embeddings"),
            },
            _ => new RopeScaling
            {
                Kind = kind,
                Factor = factor,
                OriginalPositions = original ?? positions,
                AttentionFactor = given.Number("attention_factor") ?? YarnAttention(given, factor),
                BetaFast = given.Number("beta_fast") is { } fast and not 0 ? fast : 32,
                BetaSlow = given.Number("beta_slow") is { } slow and not 0 ? slow : 1,
                Truncate = given.Flag("truncate", true),
            },
        };
    }

    private static double YarnAttention(ConfigJson given, double factor)
    {
        return given.Number("mscale") is { } one and not 0 && given.Number("mscale_all_dim") is { } all and not 0
            ? Of(one) / Of(all) : Of(1);

        double Of(double scale) => factor <= 1 ? 1 : 0.1 * scale * Math.Log(factor) + 1;
    }

    // Version 4 has the original context beside rope_scaling and prefers it to a factor; 5 has both within and prefers the factor.
    private static RopeScaling LongRope(ConfigJson json, ConfigJson given, bool isNew, int positions)
    {
        var beside = json.Count("original_max_position_embeddings");
        var original = beside ?? (isNew ? given.Count("original_max_position_embeddings") : null) ?? positions;
        var ratio = (double)positions / original;
        var factor = beside is not null && !isNew ? ratio : given.Number("factor") ?? ratio;
        return new RopeScaling
        {
            Kind = RopeKind.LongRope,
            Factor = ratio,
            OriginalPositions = original,
            AttentionFactor = given.Number("attention_factor")
                ?? (factor <= 1 ? 1 : Math.Sqrt(1 + Math.Log(factor) / Math.Log(original))),
            LongFactors = Factors("long_factor"),
            ShortFactors = Factors("short_factor"),
        };

        double[] Factors(string name) => given.Numbers(name) ?? throw new UrialException($"'{given.Path}' has no '{name}'.");
    }

    private static RopeKind Kind(ConfigJson given, DecoderFamily family)
    {
        if (given.Text("type") is { } old && Array.Find(family.OldRopeTypes, entry => entry.Old == old) is { Old: not null } renamed)
            return renamed.Kind;
        var word = given.Text("rope_type") ?? given.Text("type") ?? "default";
        return Array.Find(Words, entry => entry.Word == word) is { Word: not null } known ? known.Kind
            : throw new UrialException($"'{given.Path}': rope type '{word}' is not supported. Supported: "
                + $"{string.Join(", ", Words.Select(entry => entry.Word))}.");
    }

    private static string Word(RopeKind kind) => Array.Find(Words, entry => entry.Kind == kind).Word;

    private static double Share(ConfigJson json, ConfigJson? global, DecoderFamily family)
    {
        var share = global?.Number("partial_rotary_factor") ?? json.Number("rotary_pct") ?? json.Number("partial_rotary_factor");
        return family.PartialRope ? share ?? family.Fields.DefaultRotaryFactor
            : share is null or 1 ? 1
            : throw new UrialException($"'{json.Path}': partial_rotary_factor {share} is not supported for {family.ModelType}; 1 is.");
    }
}
