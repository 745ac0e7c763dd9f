using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial;

/// <summary>Writes what <see cref="DecoderConfigReader"/> reads, fields in order, as transformers 4 does.</summary>
internal static class DecoderConfigWriter
{
    public static string Config(DecoderConfig config, Precision precision)
    {
        var (family, fields) = (config.Family, config.Family.Fields);
        var json = new JsonObject
        {
            ["architectures"] = new JsonArray(family.Architecture),
            ["attention_dropout"] = 0.0,
            ["dtype"] = precision.HuggingFaceName(),
            ["initializer_range"] = 0.02,
            ["model_type"] = config.ModelType,
            ["tie_word_embeddings"] = config.TiedHead,
            ["torch_dtype"] = precision.HuggingFaceName(),
            ["use_cache"] = true,
            ["vocab_size"] = config.VocabularySize,
            [fields.Activation] = config.Activation,
            [fields.Epsilon] = config.NormEpsilon,
            [fields.FeedForward] = config.FeedForward,
            [fields.Heads] = config.Heads,
            [fields.HiddenSize] = config.HiddenSize,
            [fields.Layers] = config.Layers,
            [fields.Positions] = config.MaxPositions,
        };
        if (fields.AttentionBias is null)
            json["attention_bias"] = config.AttentionBias;
        if (fields.MlpBias is null)
            json["mlp_bias"] = config.MlpBias;
        if (family.Names.Positions is null)
        {
            json["head_dim"] = config.HeadDim;
            json["num_key_value_heads"] = config.KvHeads;
            RopeJson.Write(json, config);
        }
        WriteIds(json, config);
        family.Write(json, config);
        return Text(json);
    }

    public static string Generation(DecoderConfig config)
    {
        var json = new JsonObject { ["do_sample"] = false };
        WriteIds(json, config);
        return Text(json);
    }

    private static void WriteIds(JsonObject json, DecoderConfig config)
    {
        if (config.BosTokenId is int bos)
            json["bos_token_id"] = bos;
        if (config.EosTokenIds.Count == 1)
            json["eos_token_id"] = config.EosTokenIds[0];
        else if (config.EosTokenIds.Count > 1)
            json["eos_token_id"] = new JsonArray([.. config.EosTokenIds.Select(id => (JsonNode)id)]);
        if (config.PadTokenId is int pad)
            json["pad_token_id"] = pad;
    }

    private static string Text(JsonObject json)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in json.OrderBy(field => field.Key, StringComparer.Ordinal))
            {
                writer.WritePropertyName(name);
                if (value is null)
                    writer.WriteNullValue();
                else
                    value.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
