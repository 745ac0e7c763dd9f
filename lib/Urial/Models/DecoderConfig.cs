using System.Text;
using System.Text.Json;

namespace Urial;

/// <summary>The shape of a decoder-only language model, as its <c>config.json</c> describes it.</summary>
public sealed record DecoderConfig
{
    /// <summary>The family: <c>llama</c> or <c>qwen3</c>.</summary>
    public required string ModelType { get; init; }

    /// <summary>Number of token ids the embedding and the head know.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Width inside the feed-forward block.</summary>
    public required int FeedForward { get; init; }

    /// <summary>Number of blocks.</summary>
    public required int Layers { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads; each serves <see cref="Heads"/> / <see cref="KvHeads"/> query heads.</summary>
    public required int KvHeads { get; init; }

    /// <summary>Width of one head; even, because rotary positions turn pairs.</summary>
    public required int HeadDim { get; init; }

    /// <summary>Longest sequence the model was made for, in tokens.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>Base of the rotary frequencies.</summary>
    public double RopeTheta { get; init; } = 10_000;

    /// <summary>Added to the mean square in RMSNorm.</summary>
    public double NormEpsilon { get; init; } = 1e-6;

    /// <summary>Whether queries and keys are normalised per head before they are turned (Qwen3).</summary>
    public bool QkNorm { get; init; }

    /// <summary>Whether the head is the embedding matrix.</summary>
    public bool TiedHead { get; init; }

    /// <summary>Whether the four attention projections have biases.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the three feed-forward projections have biases.</summary>
    public bool MlpBias { get; init; }

    /// <summary>Ids that end an answer: from <c>generation_config.json</c> where it names any, else from <c>config.json</c>.</summary>
    public IReadOnlyList<int> EosTokenIds { get; init; } = [];

    /// <summary>Id that begins a sequence, where the model has one.</summary>
    public int? BosTokenId { get; init; }

    /// <summary>Id that fills short rows of a batch, where the model has one.</summary>
    public int? PadTokenId { get; init; }

    /// <summary>Number of weights, a tied head counted once.</summary>
    public long Parameters => DecoderLayout.Shapes(this).Sum(entry => entry.Value.Aggregate(1L, (product, size) => product * size));

    /// <summary>Reads <c>config.json</c>, and the end-of-sequence ids from <c>generation_config.json</c> where it names any.</summary>
    /// <param name="directory">A model folder in Hugging Face layout, as transformers 4 or 5 writes it.</param>
    /// <exception cref="UrialException">The file is missing or damaged, or asks for something that is not supported.</exception>
    public static DecoderConfig Load(string directory)
    {
        var path = Path.Combine(directory, "config.json");
        if (!System.IO.Directory.Exists(directory))
            throw new UrialException($"There is no model folder '{directory}'. Check the path, or download the model into it.");
        if (!Path.Exists(path))
            throw new UrialException($"'{directory}' has no config.json: it is not a model folder in Hugging Face layout. Name the "
                + "folder that holds config.json, model.safetensors and tokenizer.json.");
        var json = ConfigJson.Load(path);
        var type = json.Text("model_type")
            ?? throw new UrialException($"'{path}' has no 'model_type'. Is it the config.json of a language model?");
        if (!DecoderFamilies.All.TryGetValue(type, out var family))
            throw new UrialException(
                $"'{path}': model type '{type}' is not supported. Supported: {string.Join(", ", DecoderFamilies.All.Keys)}.");
        var config = family(json);
        config.Check(path);

        var generation = Path.Combine(directory, "generation_config.json");
        return Path.Exists(generation) && ConfigJson.Load(generation).TokenIds("eos_token_id") is { } ids
            ? config with { EosTokenIds = ids }
            : config;
    }

    /// <summary>A <c>config.json</c> that transformers 4 and 5 load unchanged.</summary>
    /// <param name="precision">The format the weights are stored in.</param>
    public string ToJson(Precision precision = Precision.F32) => Json(json =>
    {
        var qwen3 = ModelType == "qwen3";
        json.WriteStartArray("architectures");
        json.WriteStringValue(qwen3 ? "Qwen3ForCausalLM" : "LlamaForCausalLM");
        json.WriteEndArray();
        json.WriteBoolean("attention_bias", AttentionBias);
        json.WriteNumber("attention_dropout", 0.0);
        WriteIds(json);
        json.WriteString("dtype", precision.HuggingFaceName());
        json.WriteNumber("head_dim", HeadDim);
        json.WriteString("hidden_act", "silu");
        json.WriteNumber("hidden_size", HiddenSize);
        json.WriteNumber("initializer_range", 0.02);
        json.WriteNumber("intermediate_size", FeedForward);
        if (qwen3)
        {
            json.WriteStartArray("layer_types");
            for (var layer = 0; layer < Layers; layer++)
                json.WriteStringValue("full_attention");
            json.WriteEndArray();
            json.WriteNumber("max_window_layers", Layers);
            json.WriteNull("sliding_window");
            json.WriteBoolean("use_sliding_window", false);
        }
        else
            json.WriteBoolean("mlp_bias", MlpBias);
        json.WriteNumber("max_position_embeddings", MaxPositions);
        json.WriteString("model_type", ModelType);
        json.WriteNumber("num_attention_heads", Heads);
        json.WriteNumber("num_hidden_layers", Layers);
        json.WriteNumber("num_key_value_heads", KvHeads);
        json.WriteNumber("rms_norm_eps", NormEpsilon);
        json.WriteNull("rope_scaling");
        json.WriteNumber("rope_theta", RopeTheta);
        json.WriteBoolean("tie_word_embeddings", TiedHead);
        json.WriteString("torch_dtype", precision.HuggingFaceName());
        json.WriteBoolean("use_cache", true);
        json.WriteNumber("vocab_size", VocabularySize);
    });

    /// <summary>A <c>generation_config.json</c> with the special token ids; decoding is greedy.</summary>
    public string ToGenerationJson() => Json(json =>
    {
        WriteIds(json);
        json.WriteBoolean("do_sample", false);
    });

    private void WriteIds(Utf8JsonWriter json)
    {
        if (BosTokenId is int bos)
            json.WriteNumber("bos_token_id", bos);
        if (EosTokenIds.Count == 1)
            json.WriteNumber("eos_token_id", EosTokenIds[0]);
        else if (EosTokenIds.Count > 1)
        {
            json.WritePropertyName("eos_token_id");
            JsonSerializer.Serialize(json, EosTokenIds);
        }
        if (PadTokenId is int pad)
            json.WriteNumber("pad_token_id", pad);
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    /// <summary>Checks that the numbers fit together.</summary>
    /// <param name="source">Where they come from, for the message.</param>
    /// <exception cref="UrialException">They do not.</exception>
    internal void Check(string source)
    {
        if (Heads % KvHeads != 0)
            throw new UrialException($"'{source}': {Heads} query heads cannot share {KvHeads} key-value heads evenly.");
        if (HeadDim % 2 != 0)
            throw new UrialException($"'{source}': head_dim {HeadDim} is odd, and rotary positions turn pairs.");
    }
}
