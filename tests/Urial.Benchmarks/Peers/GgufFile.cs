using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Benchmarks;

/// <summary>
/// A decoder as the file that llama.cpp loads: GGUF version 3, little-endian (github.com/ggml-org/ggml, docs/gguf.md), architecture
/// <c>llama</c>, without a vocabulary. Matrices have the decoder's number format, norms are f32, as llama.cpp asks for.
/// </summary>
internal static class GgufFile
{
    // What every tensor's data begins at a multiple of, bytes: the format's default.
    private const int Alignment = 32;

    // Our matrices' names within a block, and llama.cpp's.
    private static readonly (string Ours, string Theirs)[] InBlock =
    [
        ("input_layernorm", "attn_norm"), ("self_attn.q_proj", "attn_q"), ("self_attn.k_proj", "attn_k"), ("self_attn.v_proj", "attn_v"),
        ("self_attn.o_proj", "attn_output"), ("post_attention_layernorm", "ffn_norm"), ("mlp.gate_proj", "ffn_gate"),
        ("mlp.up_proj", "ffn_up"), ("mlp.down_proj", "ffn_down"),
    ];

    /// <summary>Writes a decoder.</summary>
    /// <param name="decoder">A plain Llama: no biases, no rope scaling, no window.</param>
    /// <param name="path">The file; it is written over.</param>
    /// <exception cref="UrialException">The decoder is of another kind.</exception>
    public static void Write(Decoder decoder, string path)
    {
        var config = decoder.Config;
        if (config is not { ModelType: "llama", Activation: "silu", AttentionBias: false, MlpBias: false }
            || config is not { SlidingWindow: null, RotaryFactor: 1 }
            || config.RopeScaling.Kind != RopeScaling.None.Kind)
            throw new UrialException($"'{path}': only a plain Llama is written (model type llama, silu, no biases, no window, no rope "
                + $"scaling); this is a {config.ModelType}.");
        using var noGrad = no_grad();
        var tensors = Tensors(decoder).ToList();
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((ulong)tensors.Count);
        var fields = Fields(config, decoder.Precision).ToList();
        writer.Write((ulong)fields.Count);
        foreach (var (key, value) in fields)
            Field(writer, key, value);
        var offset = 0L;
        foreach (var (name, weight) in tensors)
        {
            Text(writer, name);
            writer.Write((uint)weight.dim());
            foreach (var size in weight.shape.Reverse()) // the fastest-running first
                writer.Write((ulong)size);
            writer.Write(weight.dtype == ScalarType.BFloat16 ? 30u : 0u); // GGML_TYPE_BF16, GGML_TYPE_F32
            writer.Write((ulong)offset);
            offset = Aligned(offset + weight.numel() * weight.element_size());
        }
        foreach (var (_, weight) in tensors)
        {
            Pad(writer);
            writer.Write(weight.bytes);
            weight.Dispose();
        }
        Pad(writer);
    }

    private static IEnumerable<(string Key, object Value)> Fields(DecoderConfig config, Precision precision) =>
    [
        ("general.architecture", "llama"),
        ("general.name", "random weights"),
        ("general.file_type", precision == Precision.F32 ? 0u : 32u), // ALL_F32, MOSTLY_BF16 of llama.h
        ("general.alignment", (uint)Alignment),
        ("llama.block_count", (uint)config.Layers),
        ("llama.context_length", (uint)config.MaxPositions),
        ("llama.embedding_length", (uint)config.HiddenSize),
        ("llama.feed_forward_length", (uint)config.FeedForward),
        ("llama.attention.head_count", (uint)config.Heads),
        ("llama.attention.head_count_kv", (uint)config.KvHeads),
        ("llama.attention.key_length", (uint)config.HeadDim),
        ("llama.attention.value_length", (uint)config.HeadDim),
        ("llama.attention.layer_norm_rms_epsilon", (float)config.NormEpsilon),
        ("llama.rope.dimension_count", (uint)config.HeadDim),
        ("llama.rope.freq_base", (float)config.RopeTheta),
        ("llama.vocab_size", (uint)config.VocabularySize),
        ("tokenizer.ggml.model", "no_vocab"),
    ];

    /// <summary>The tensors under llama.cpp's names, as copies that the caller frees.</summary>
    private static IEnumerable<(string Name, Tensor Weight)> Tensors(Decoder decoder)
    {
        var (config, weights) = (decoder.Config, decoder.Weights);
        yield return ("token_embd.weight", Copy(weights["model.embed_tokens.weight"]));
        for (var layer = 0; layer < config.Layers; layer++)
            foreach (var (ours, theirs) in InBlock)
            {
                var weight = weights[$"model.layers.{layer}.{ours}.weight"];
                var heads = theirs switch { "attn_q" => config.Heads, "attn_k" => config.KvHeads, _ => 0 };
                yield return ($"blk.{layer}.{theirs}.weight", heads == 0 ? Copy(weight) : Neighbours(weight, heads));
            }
        yield return ("output_norm.weight", Copy(weights["model.norm.weight"]));
        if (!config.TiedHead)
            yield return ("output.weight", Copy(weights["lm_head.weight"]));
    }

    private static Tensor Copy(Tensor weight) => (weight.dim() == 1 ? weight.to(float32) : weight).contiguous().clone();

    /// <summary>
    /// Hugging Face's rope turns entry i of a head with entry i + d/2, llama.cpp's for this architecture entry 2i with 2i + 1: rows are
    /// put into that order.
    /// </summary>
    private static Tensor Neighbours(Tensor weight, int heads)
    {
        using var scope = NewDisposeScope();
        var (rows, columns) = (weight.shape[0], weight.shape[1]);
        return weight.view(heads, 2, rows / heads / 2, columns).transpose(1, 2).reshape(rows, columns).contiguous()
            .MoveToOuterDisposeScope();
    }

    // The numbers of the types are the format's.
    private static void Field(BinaryWriter writer, string key, object value)
    {
        Text(writer, key);
        switch (value)
        {
            case uint number:
                writer.Write(4u);
                writer.Write(number);
                break;
            case float number:
                writer.Write(6u);
                writer.Write(number);
                break;
            case string text:
                writer.Write(8u);
                Text(writer, text);
                break;
            default:
                throw new ArgumentException($"no GGUF type for {value.GetType()}", nameof(value));
        }
    }

    private static void Text(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private static void Pad(BinaryWriter writer)
    {
        var at = writer.BaseStream.Position;
        writer.Write(new byte[Aligned(at) - at]);
    }

    private static long Aligned(long offset) => (offset + Alignment - 1) / Alignment * Alignment;
}
