using System.Text.Encodings.Web;
using System.Text.Json;

namespace Urial;

/// <summary>
/// Writes a byte-level BPE tokenizer in Hugging Face layout: <c>tokenizer.json</c> and <c>tokenizer_config.json</c>,
/// as <see cref="HfTokenizer"/> and the tokenizers and transformers libraries load them.
/// </summary>
public static class TokenizerFiles
{
    // Byte-level letters are written as they look: both readers take UTF-8, and a person can read the vocabulary.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes both files into a folder, which is made if it does not exist. Each file is replaced as a whole or not at all.
    /// </summary>
    /// <param name="directory">The model's folder.</param>
    /// <param name="vocabulary">
    /// Tokens by id, as byte-level strings (<see cref="ByteAlphabet"/>); special tokens as they are spelled.
    /// </param>
    /// <param name="merges">Merges in the order of their rank, as byte-level strings.</param>
    /// <param name="specialTokens">Tokens that are never split; those outside the vocabulary take the ids after it, in order.</param>
    /// <param name="eos">The special token that ends an answer.</param>
    /// <param name="pad">The special token that fills a batch.</param>
    /// <param name="chatTemplate">The chat template, in Jinja.</param>
    /// <param name="maxLength">The model's context, in tokens.</param>
    /// <exception cref="UrialException">A token appears twice, a merge names a token outside the vocabulary, <paramref name="eos"/> or
    /// <paramref name="pad"/> is not special, or a file cannot be written.</exception>
    public static void Write(
        string directory,
        IReadOnlyList<string> vocabulary,
        IReadOnlyList<(string Left, string Right)> merges,
        IReadOnlyList<string> specialTokens,
        string eos,
        string pad,
        string chatTemplate,
        int maxLength)
    {
        var ids = Ids(vocabulary);
        foreach (var (left, right) in merges)
            foreach (var token in new[] { left, right, left + right })
                if (!ids.ContainsKey(token))
                    throw new UrialException($"The merge ({left}, {right}) needs the token {token}, which is not among "
                        + $"the {vocabulary.Count} of the vocabulary.");
        foreach (var token in new[] { eos, pad })
            if (!specialTokens.Contains(token))
                throw new UrialException($"The token {token} must be one of the special tokens ({string.Join(", ", specialTokens)}).");

        WriteJson(Path.Combine(directory, "tokenizer.json"), json => WriteTokenizer(json, vocabulary, ids, merges, specialTokens));
        WriteJson(Path.Combine(directory, "tokenizer_config.json"), json => WriteConfig(json, eos, pad, chatTemplate, maxLength));
    }

    private static Dictionary<string, int> Ids(IReadOnlyList<string> vocabulary)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var id = 0; id < vocabulary.Count; id++)
            if (!ids.TryAdd(vocabulary[id], id))
                throw new UrialException($"The token {vocabulary[id]} has two ids in the vocabulary: {ids[vocabulary[id]]} and {id}.");
        return ids;
    }

    private static void WriteTokenizer(
        Utf8JsonWriter json,
        IReadOnlyList<string> vocabulary,
        Dictionary<string, int> ids,
        IReadOnlyList<(string Left, string Right)> merges,
        IReadOnlyList<string> specialTokens)
    {
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        json.WriteStartArray("added_tokens");
        // transformers reads added tokens in the order of their ids.
        var next = vocabulary.Count;
        foreach (var (id, token) in specialTokens.Select(token => (Id: ids.TryGetValue(token, out var known) ? known : next++, token))
            .OrderBy(t => t.Id))
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("content", token);
            json.WriteBoolean("single_word", false);
            json.WriteBoolean("lstrip", false);
            json.WriteBoolean("rstrip", false);
            json.WriteBoolean("normalized", false);
            json.WriteBoolean("special", true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNull("normalizer");
        WriteByteLevel(json, "pre_tokenizer", addPrefixSpace: false);
        json.WriteNull("post_processor");
        WriteByteLevel(json, "decoder", addPrefixSpace: true);
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteNull("unk_token");
        json.WriteNull("continuing_subword_prefix");
        json.WriteNull("end_of_word_suffix");
        json.WriteBoolean("fuse_unk", false);
        json.WriteBoolean("byte_fallback", false);
        json.WriteBoolean("ignore_merges", false);
        json.WriteStartObject("vocab");
        for (var id = 0; id < vocabulary.Count; id++)
            json.WriteNumber(vocabulary[id], id);
        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach (var (left, right) in merges)
            json.WriteStringValue($"{left} {right}");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteByteLevel(Utf8JsonWriter json, string property, bool addPrefixSpace)
    {
        json.WriteStartObject(property);
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", addPrefixSpace);
        json.WriteBoolean("trim_offsets", true);
        json.WriteBoolean("use_regex", true);
        json.WriteEndObject();
    }

    private static void WriteConfig(Utf8JsonWriter json, string eos, string pad, string chatTemplate, int maxLength)
    {
        json.WriteString("tokenizer_class", "PreTrainedTokenizerFast");
        json.WriteString("eos_token", eos);
        json.WriteString("pad_token", pad);
        json.WriteNumber("model_max_length", maxLength);
        // transformers' default would delete the space before a full stop when decoding.
        json.WriteBoolean("clean_up_tokenization_spaces", false);
        json.WriteString("chat_template", chatTemplate);
    }

    private static void WriteJson(string path, Action<Utf8JsonWriter> properties) => AtomicFile.Write(path, stream =>
    {
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
    });
}
