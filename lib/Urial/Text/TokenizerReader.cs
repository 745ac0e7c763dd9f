using System.Text.Json;

namespace Urial;

/// <summary>Reads the model and the added tokens of a tokenizer.json.</summary>
/// <param name="json">The file.</param>
/// <param name="streamed">What was read of its model already.</param>
internal sealed class TokenizerReader(TokenizerJson json, BpeReader streamed)
{
    /// <summary>Tokens and ids, from the model and the added tokens.</summary>
    public TokenTable Vocabulary { get; } = streamed.Vocabulary ?? new();

    /// <summary>The model: byte-pair encoding of words. Fills <see cref="Vocabulary"/>.</summary>
    public BytePairEncoder Model()
    {
        var model = json.FindObject(json.Root, "model") ?? throw json.Error("has no model");
        // Files from before the type was written hold nothing but BPE with merges.
        var type = json.FindText(model, "type") ?? (streamed.Merges is null ? "without a type" : "BPE");
        if (type != "BPE")
            throw json.Unsupported("the model", type);
        foreach (var affix in new[] { "continuing_subword_prefix", "end_of_word_suffix" })
            if (json.FindText(model, affix) is { Length: > 0 })
                throw json.Unsupported("the model option", affix);
        if (json.Find(model, "dropout") is { } dropout && !(dropout.ValueKind == JsonValueKind.Number && dropout.GetDouble() == 0))
            throw json.Unsupported("the model option", "dropout");

        foreach (var (name, kind) in new[] { ("vocab", "an object"), ("merges", "a list") })
            if (json.Find(model, name) is { } other)
                throw json.Wrong(name, kind, other.GetRawText());
        if (streamed.Vocabulary is null)
            throw json.Error("has no vocabulary (model.vocab)");
        if (Vocabulary.Count == 0)
            throw json.Error("has an empty vocabulary");
        CheckIds();
        Vocabulary.EndModel();
        return new BytePairEncoder(Vocabulary, streamed.Merges ?? new MergeTable(), new BpeOptions
        {
            UnknownId = UnknownId(model),
            FuseUnknown = json.Flag(model, "fuse_unk"),
            ByteFallback = json.Flag(model, "byte_fallback"),
            WholeWordsFirst = json.Flag(model, "ignore_merges"),
        });
    }

    /// <summary>Reads the added tokens, those of tokenizer_config.json too. Adds to <see cref="Vocabulary"/>.</summary>
    public IReadOnlyList<AddedToken> ReadAdded(TokenizerConfig config)
    {
        var added = new AddedTokens(Vocabulary);
        foreach (var entry in json.List(json.Root, "added_tokens"))
        {
            var token = AddedToken.Read(json, entry, json.Number(entry, "id"));
            if (Vocabulary.Find(token.Content) is >= 0 and var id && id != token.Id)
                throw json.Error($"gives the token \"{token.Content}\" two ids: {id} and {token.Id}");
            added.Add(token);
        }
        foreach (var token in config.Added)
            added.Add(token);
        foreach (var content in config.Special)
            if (!added.Contains(content) && Vocabulary.Find(content) is >= 0 and var id)
                added.Add(new AddedToken(id, content, Special: true, false, false, false, Normalized: false));
        CheckIds();
        return [.. added.All];
    }

    private int? UnknownId(JsonElement model)
    {
        if (json.FindText(model, "unk_token") is not { } name)
            return null;
        return Vocabulary.Find(name) is >= 0 and var id ? id
            : throw json.Error($"names the unknown token \"{name}\", which is not in the vocabulary");
    }

    private void CheckIds()
    {
        if (!Vocabulary.IsDense)
            throw json.Error($"gives the id {Vocabulary.LargestId} to one of only {Vocabulary.Count} tokens");
        if (Vocabulary.Complete() is var (first, second))
            throw json.Error($"gives the id {Vocabulary.Find(first)} to two tokens: \"{first}\" and \"{second}\"");
    }
}
