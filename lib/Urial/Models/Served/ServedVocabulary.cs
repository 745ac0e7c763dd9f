namespace Urial;

/// <summary>
/// What a folder says of the model that a server has: its tokenizer, how many tokens its head knows, what ends its answers.
/// </summary>
/// <param name="Tokenizer">The tokenizer.</param>
/// <param name="Size">How many tokens the model knows, by its config.json; null where there is none, and the tokenizer's number stands
/// for it.</param>
/// <param name="EndIds">The ids that end an answer.</param>
/// <param name="ChatTemplate">The chat template; null where the folder has none.</param>
internal sealed record ServedVocabulary(
    HfTokenizer Tokenizer, int? Size, IReadOnlyList<int> EndIds, Lazy<ChatTemplate?> ChatTemplate)
{
    /// <summary>Reads tokenizer.json and what lies beside it: config.json and generation_config.json, which may be missing.</summary>
    /// <exception cref="UrialException">A file is missing, damaged or not supported.</exception>
    public static ServedVocabulary Load(string folder)
    {
        var tokenizer = HfTokenizer.Load(folder);
        var path = Path.Combine(folder, "config.json");
        var config = Path.Exists(path) ? ConfigJson.Load(path) : null;
        var size = config?.Count("vocab_size") ?? config?.Section("text_config")?.Count("vocab_size");
        // As a model from a folder ends: generation_config.json before config.json, and the tokenizer's end where neither names one.
        var ends = DecoderConfigReader.Ends(folder) ?? config?.TokenIds("eos_token_id")
            ?? config?.Section("text_config")?.TokenIds("eos_token_id") ?? (tokenizer.EosId is { } eos ? [eos] : []);
        return new ServedVocabulary(tokenizer, size is { } rows ? Math.Max(rows, tokenizer.VocabularySize) : null, ends,
            new Lazy<ChatTemplate?>(() => Urial.ChatTemplate.TryLoad(folder)));
    }
}
