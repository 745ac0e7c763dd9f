namespace Urial;

/// <summary>The names and shapes of a decoder's weights in Hugging Face layout (transformers, models/llama and models/qwen3).</summary>
internal static class DecoderLayout
{
    public const string Embedding = "model.embed_tokens.weight";
    public const string FinalNorm = "model.norm.weight";
    public const string Head = "lm_head.weight";

    public static string Layer(int layer) => $"model.layers.{layer}.";

    /// <summary>Every weight the model needs, in reading order; matrices are [out, in].</summary>
    public static IReadOnlyDictionary<string, long[]> Shapes(DecoderConfig c)
    {
        var shapes = new Dictionary<string, long[]>(StringComparer.Ordinal) { [Embedding] = [c.VocabularySize, c.HiddenSize] };
        var queries = (long)c.Heads * c.HeadDim;
        var keys = (long)c.KvHeads * c.HeadDim;
        for (var layer = 0; layer < c.Layers; layer++)
        {
            var at = Layer(layer);
            shapes[at + "input_layernorm.weight"] = [c.HiddenSize];
            Linear(at + "self_attn.q_proj", queries, c.HiddenSize, c.AttentionBias);
            Linear(at + "self_attn.k_proj", keys, c.HiddenSize, c.AttentionBias);
            Linear(at + "self_attn.v_proj", keys, c.HiddenSize, c.AttentionBias);
            Linear(at + "self_attn.o_proj", c.HiddenSize, queries, c.AttentionBias);
            if (c.QkNorm)
            {
                shapes[at + "self_attn.q_norm.weight"] = [c.HeadDim];
                shapes[at + "self_attn.k_norm.weight"] = [c.HeadDim];
            }
            shapes[at + "post_attention_layernorm.weight"] = [c.HiddenSize];
            Linear(at + "mlp.gate_proj", c.FeedForward, c.HiddenSize, c.MlpBias);
            Linear(at + "mlp.up_proj", c.FeedForward, c.HiddenSize, c.MlpBias);
            Linear(at + "mlp.down_proj", c.HiddenSize, c.FeedForward, c.MlpBias);
        }
        shapes[FinalNorm] = [c.HiddenSize];
        if (!c.TiedHead)
            shapes[Head] = [c.VocabularySize, c.HiddenSize];
        return shapes;

        void Linear(string name, long output, long input, bool bias)
        {
            shapes[name + ".weight"] = [output, input];
            if (bias)
                shapes[name + ".bias"] = [output];
        }
    }

    /// <summary>Whether a stored tensor may be left unread: a tied head's copy, and the constants that old files carry.</summary>
    public static bool MayIgnore(string name, DecoderConfig c) =>
        (c.TiedHead && name == Head) || name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal);

    /// <summary>Names what is missing, misshapen or unknown.</summary>
    public static void Check(DecoderConfig config, IReadOnlyDictionary<string, long[]> found, string source)
    {
        var needed = Shapes(config);
        string[] missing = [.. needed.Keys.Where(name => !found.ContainsKey(name))];
        if (missing.Length > 0)
            throw new UrialException($"{source} lacks {missing.Length} of {needed.Count} weights that its configuration asks "
                + $"for: {SafeTensors.Excerpt(missing)}. The files are incomplete or from another model.");
        string[] extra = [.. found.Keys.Where(name => !needed.ContainsKey(name) && !MayIgnore(name, config))];
        if (extra.Length > 0)
            throw new UrialException($"{source} holds {extra.Length} weights that its configuration knows no use "
                + $"for: {SafeTensors.Excerpt(extra)}. Using it without them would compute another model.");
        foreach (var (name, shape) in needed)
            if (!shape.SequenceEqual(found[name]))
                throw new UrialException($"{source}: weight '{name}' has shape [{string.Join(", ", found[name])}], and the configuration "
                    + $"asks for [{string.Join(", ", shape)}].");
    }
}
