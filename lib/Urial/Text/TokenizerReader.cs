using System.Text.Json;
using System.Text.RegularExpressions;

namespace Urial;

/// <summary>Reads the parts of a tokenizer.json.</summary>
internal sealed class TokenizerReader(TokenizerJson json)
{
    /// <summary>Ids by token, from the model and the added tokens.</summary>
    public Dictionary<string, int> Vocabulary { get; } = new(StringComparer.Ordinal);

    /// <summary>The added tokens, in the file's order.</summary>
    public List<AddedToken> Added { get; } = [];

    /// <summary>The model: byte-pair encoding of words. Fills <see cref="Vocabulary"/>.</summary>
    public BytePairEncoder Model()
    {
        var model = json.FindObject(json.Root, "model") ?? throw json.Error("has no model");
        // Files from before the type was written hold nothing but BPE with merges.
        var type = json.FindText(model, "type") ?? (json.Find(model, "merges") is null ? "without a type" : "BPE");
        if (type != "BPE")
            throw json.Unsupported("the model", type);
        if (json.Flag(model, "byte_fallback"))
            throw json.Unsupported("the model option", "byte_fallback");
        foreach (var affix in new[] { "continuing_subword_prefix", "end_of_word_suffix" })
            if (json.FindText(model, affix) is { Length: > 0 })
                throw json.Unsupported("the model option", affix);
        if (json.Find(model, "dropout") is { } dropout && !(dropout.ValueKind == JsonValueKind.Number && dropout.GetDouble() == 0))
            throw json.Unsupported("the model option", "dropout");

        var vocabulary = json.FindObject(model, "vocab") ?? throw json.Error("has no vocabulary (model.vocab)");
        foreach (var entry in vocabulary.EnumerateObject())
            Vocabulary[entry.Name] = json.NumberOf($"the id of {entry.Name}", entry.Value);
        if (Vocabulary.Count == 0)
            throw json.Error("has an empty vocabulary");

        var merges = new Dictionary<(int, int), (int, int)>();
        var rank = 0;
        foreach (var merge in json.List(model, "merges"))
        {
            var (left, right) = Halves(merge);
            merges[(Id(left), Id(right))] = (rank++, Id(left + right));

            int Id(string token) => Vocabulary.TryGetValue(token, out var id)
                ? id
                : throw json.Error($"is inconsistent: merge {rank + 1} (\"{left}\", \"{right}\") needs the token \"{token}\", which is "
                    + "not in the vocabulary");
        }

        int? unknown = null;
        if (json.FindText(model, "unk_token") is { } name)
            unknown = Vocabulary.TryGetValue(name, out var id) ? id
                : throw json.Error($"names the unknown token \"{name}\", which is not in the vocabulary");
        return new BytePairEncoder(new(Vocabulary, StringComparer.Ordinal), merges, unknown, json.Flag(model, "fuse_unk"),
            json.Flag(model, "ignore_merges"));
    }

    private (string Left, string Right) Halves(JsonElement merge)
    {
        string?[] halves = merge.ValueKind switch
        {
            JsonValueKind.String => [.. merge.GetString()!.Split(' ')],
            JsonValueKind.Array => [.. merge.EnumerateArray()
                .Select(half => half.ValueKind == JsonValueKind.String ? half.GetString()! : null)],
            _ => [],
        };
        return halves is [{ } left, { } right]
            ? (left, right)
            : throw json.Error($"is wrong: a merge must be two tokens, not {merge.GetRawText()}");
    }

    /// <summary>Reads the added tokens. Fills <see cref="Added"/> and <see cref="Vocabulary"/>.</summary>
    public void ReadAdded()
    {
        foreach (var entry in json.List(json.Root, "added_tokens"))
        {
            var token = new AddedToken(json.Number(entry, "id"), json.Text(entry, "content"), json.Flag(entry, "special"),
                json.Flag(entry, "single_word"), json.Flag(entry, "lstrip"), json.Flag(entry, "rstrip"), json.Flag(entry, "normalized"));
            if (!Vocabulary.TryAdd(token.Content, token.Id) && Vocabulary[token.Content] != token.Id)
                throw json.Error($"gives the token \"{token.Content}\" two ids: {Vocabulary[token.Content]} and {token.Id}");
            Added.Add(token);
        }
    }

    /// <summary>Whether text is brought into Unicode's form C first.</summary>
    public bool Normalizes()
    {
        if (json.FindObject(json.Root, "normalizer") is not { } normalizer)
            return false;
        var parts = Flatten(normalizer, "normalizers").ToArray();
        foreach (var part in parts)
            if (json.Text(part, "type") is var type && type != "NFC")
                throw json.Unsupported("the normalizer", type);
        return parts.Length > 0;
    }

    /// <summary>The pre-tokenizer's steps, up to and including ByteLevel.</summary>
    public List<SplitStep> Steps()
    {
        var steps = new List<SplitStep>();
        var done = false;
        if (json.FindObject(json.Root, "pre_tokenizer") is { } root)
            foreach (var part in Flatten(root, "pretokenizers"))
            {
                var type = json.Text(part, "type");
                if (done)
                    throw json.Unsupported("after ByteLevel the pre-tokenizer", type);
                steps.Add(type switch
                {
                    "ByteLevel" => new SplitStep(json.Flag(part, "use_regex", missing: true) ? WordSplitter.ByteLevel : null,
                        json.Flag(part, "add_prefix_space", missing: true)),
                    "Digits" => new SplitStep(Splitter(json.Flag(part, "individual_digits") ? @"\p{N}" : @"\p{N}+", true, true), false),
                    "Split" => new SplitStep(Split(part), false),
                    _ => throw json.Unsupported("the pre-tokenizer", type),
                });
                done = type == "ByteLevel";
            }
        return done ? steps : throw json.Unsupported("the pre-tokenizer", steps.Count == 0 ? "none" : "Sequence without ByteLevel");
    }

    private WordSplitter Split(JsonElement part)
    {
        var behavior = json.Text(part, "behavior");
        if (behavior is not ("Isolated" or "Removed"))
            throw json.Unsupported("the Split behaviour", behavior);
        var pattern = json.FindObject(part, "pattern") ?? throw json.Error("has a Split pre-tokenizer without a pattern");
        var expression = json.FindText(pattern, "Regex") ?? Regex.Escape(json.Text(pattern, "String"));
        var inverted = json.Flag(part, "invert");
        return Splitter(expression, behavior == "Isolated" || inverted, behavior == "Isolated" || !inverted);
    }

    private WordSplitter Splitter(string expression, bool keepMatches, bool keepGaps)
    {
        // In Oniguruma && intersects classes; in .NET it is two letters.
        if (expression.Contains("&&"))
            throw json.Unsupported("the Split expression", expression);
        try
        {
            return new WordSplitter(expression, keepMatches, keepGaps);
        }
        catch (ArgumentException)
        {
            throw json.Unsupported("the Split expression", expression);
        }
    }

    /// <summary>The ids that the post-processor puts before and after a text.</summary>
    public (int[] Before, int[] After) Frame()
    {
        var (before, after) = (new List<int>(), new List<int>());
        if (json.FindObject(json.Root, "post_processor") is { } root)
            foreach (var part in Flatten(root, "processors"))
                switch (json.Text(part, "type"))
                {
                    case "ByteLevel": // moves offsets only
                        break;
                    case "TemplateProcessing":
                        var (first, last) = Template(part);
                        before.InsertRange(0, first);
                        after.AddRange(last);
                        break;
                    case var type:
                        throw json.Unsupported("the post-processor", type);
                }
        return ([.. before], [.. after]);
    }

    private (List<int> Before, List<int> After) Template(JsonElement part)
    {
        var (before, after, seen) = (new List<int>(), new List<int>(), false);
        foreach (var piece in json.List(part, "single"))
            if (json.FindObject(piece, "Sequence") is not null)
                seen = seen ? throw json.Unsupported("a TemplateProcessing that repeats", "Sequence") : true;
            else if (json.FindObject(piece, "SpecialToken") is { } special)
            {
                var name = json.Text(special, "id");
                var entry = json.FindObject(part, "special_tokens") is { } all ? json.FindObject(all, name) : null;
                if (entry is not { } found)
                    throw json.Error($"uses \"{name}\" in its post-processor without giving its ids");
                (seen ? after : before).AddRange(json.List(found, "ids").Select(id => json.NumberOf($"an id of {name}", id)));
            }
        return seen ? (before, after) : throw json.Unsupported("a TemplateProcessing without", "Sequence");
    }

    /// <summary>Makes sure that ids are decoded byte by byte.</summary>
    public void CheckDecoder()
    {
        var parts = json.FindObject(json.Root, "decoder") is { } root
            ? Flatten(root, "decoders").Select(part => json.Text(part, "type")).ToArray()
            : [];
        if (parts is not ["ByteLevel"])
            throw json.Unsupported("the decoder", parts.FirstOrDefault(type => type != "ByteLevel") ?? "none");
    }

    private IEnumerable<JsonElement> Flatten(JsonElement component, string children) => json.Text(component, "type") == "Sequence"
        ? json.List(component, children).SelectMany(child => Flatten(child, children))
        : [component];
}
