using System.Text.Json;

namespace Urial;

/// <summary>Finds out, with tiny requests, how a server gives log-probabilities of a text and ids of an answer.</summary>
internal sealed class ServedProbe(
    ServedRequests requests, ServedModelSettings settings, string model, ServedVocabulary vocabulary, TokenSpellings spellings)
{
    private const string Text = "The quick brown fox"; // ASCII, so that no token is a part of a character

    private readonly int[] _ids = Ids(vocabulary.Tokenizer);

    /// <summary>How it gives log-probabilities, and how many tokens it has where it tells all.</summary>
    /// <exception cref="UrialException">It gives none, or not those that are asked for.</exception>
    public async Task<(LogprobWay Way, int VocabularySize, bool HasRanks, bool IsWhole)> LogprobsAsync(CancellationToken cancellation)
    {
        var tried = new List<string>();
        var skipped = new HashSet<string>();
        foreach (var way in LogprobWay.All)
        {
            if (skipped.Contains(way.Name))
                continue;
            try
            {
                var body = ServedBody.Score(model, way, _ids, vocabulary.Tokenizer.Decode(_ids), settings.TopLogprobs);
                var found = await requests.AskAsync("completions", body, json => Read(json, way), cancellation).ConfigureAwait(false);
                if (found is { } given)
                    return (way, given.VocabularySize, given.HasRanks, given.IsWhole);
                if (!way.IsEcho)
                    skipped.Add(way.Name); // it does not know the field: asking without others would not help
                tried.Add($"{way.Name}: nothing of the text that was sent");
            }
            catch (ServedRefusal refusal) when (refusal.IsOfRequest)
            {
                if (ServedErrors.LimitOf(refusal) is { } limit && (settings.TopLogprobs == -1 || limit < settings.TopLogprobs))
                    throw requests.Errors.TooMany(limit);
                tried.Add($"{way.Name}: {refusal.Status} {requests.Errors.Shown(ServerReason.Of(refusal.Body, controls: true))}");
            }
        }
        throw requests.Errors.Wrong("gives no log-probabilities of a text that it reads, so nothing can be scored with it. Tried: "
            + $"{string.Join("; ", tried.Distinct())}. Use a server that has them: vLLM (vllm serve MODEL), or one whose completions take "
            + "echo with logprobs.");
    }

    /// <summary>How it answers.</summary>
    /// <exception cref="UrialException">It does not.</exception>
    public async Task<GenerationWay> GenerationAsync(CancellationToken cancellation)
    {
        ServedRefusal? last = null;
        foreach (var way in GenerationWay.All)
        {
            try
            {
                var body = ServedBody.Generate(model, way, _ids, vocabulary.Tokenizer.Decode(_ids), 1, [], vocabulary.EndIds.ToArray());
                return await requests.AskAsync("completions", body, json => Read(json, way), cancellation).ConfigureAwait(false);
            }
            catch (ServedRefusal refusal) when (refusal.IsOfRequest)
            {
                last ??= refusal;
            }
        }
        throw last!;
    }

    private (int VocabularySize, bool HasRanks, bool IsWhole)? Read(JsonElement root, LogprobWay way)
    {
        var choice = new ServedChoice(root, requests.Errors);
        if (!LogprobReader.Has(choice, way, _ids.Length))
            return null;
        CheckSpellings(choice);
        var whole = settings.TopLogprobs == -1;
        var known = vocabulary.Size ?? vocabulary.Tokenizer.VocabularySize;
        if (whole && !way.IsEcho && choice.Field("prompt_logprobs") is { } lists && lists.GetArrayLength() > 1
            && lists[1].ValueKind == JsonValueKind.Object && lists[1].EnumerateObject().Count() is var count
            && count >= vocabulary.Tokenizer.VocabularySize)
            known = count; // a head may be padded beyond the tokenizer, and servers may cut the padding
        var read = new LogprobReader(spellings, vocabulary.Tokenizer, requests.Errors)
            .Read(choice, way, _ids, 1, settings.TopLogprobs, known);
        return (known, !way.IsEcho && read.All(place => place.Rank is not null), read.All(place => place.IsWhole));
    }

    private GenerationWay Read(JsonElement root, GenerationWay way)
    {
        var choice = new ServedChoice(root, requests.Errors);
        choice.CheckPrompt(_ids, vocabulary.Tokenizer);
        return way with
        {
            Ids = choice.TokenIds is not null ? AnswerIdSource.Ids
                : ServerJson.Field(choice.Field("logprobs"), "tokens") is { ValueKind: JsonValueKind.Array } tokens
                    && tokens.GetArrayLength() > 0
                    && tokens.EnumerateArray().All(token => TokenSpellings.WrittenId(ServerJson.Text(token) ?? "") is not null)
                    ? AnswerIdSource.Tokens : AnswerIdSource.Text,
        };
    }

    // Two tokenizers may agree on the words of the probe; on most of a list they do not.
    private void CheckSpellings(ServedChoice choice)
    {
        if (choice.Field("prompt_logprobs") is not { ValueKind: JsonValueKind.Array } lists)
            return;
        var (compared, other) = (0, new List<(int Id, string Spelling)>());
        foreach (var list in lists.EnumerateArray().Where(list => list.ValueKind == JsonValueKind.Object))
            foreach (var token in list.EnumerateObject())
                if (int.TryParse(token.Name, out var id) && ServerJson.Text(ServerJson.Field(token.Value, "decoded_token")) is { } spelling)
                {
                    compared++;
                    if (!spellings.Fits(id, spelling))
                        other.Add((id, spelling));
                }
        if (2 * other.Count > compared)
            throw requests.Errors.OtherTokenizer(other[0].Id, other[0].Spelling, vocabulary.Tokenizer);
    }

    private static int[] Ids(HfTokenizer tokenizer)
    {
        var ids = tokenizer.Encode(Text);
        return ids.Length >= 2 ? ids : [.. ids, .. Enumerable.Range(0, tokenizer.VocabularySize).Where(tokenizer.Contains).Take(3)];
    }
}
