using System.Globalization;
using System.Text.Json;

namespace Urial;

/// <summary>
/// Reads the log-probabilities of a text that was sent: vLLM's <c>prompt_logprobs</c> (null for the first token, then a map from id to
/// <c>logprob</c>, <c>rank</c> and <c>decoded_token</c>, with the text's own token always in it), or the <c>logprobs</c> of an echo
/// (<c>tokens</c>, <c>token_logprobs</c> and <c>top_logprobs</c>, a map from a token's spelling). Sources: vLLM's
/// entrypoints/openai protocol and its serving of completions; OpenAI's reference of completions.
/// </summary>
internal sealed class LogprobReader(TokenSpellings spellings, HfTokenizer tokenizer, ServedErrors errors)
{
    /// <summary>Whether a reply has what this way gives; it may still be unusable.</summary>
    public static bool Has(ServedChoice choice, LogprobWay way, int sent) => way.IsEcho
        ? ServerJson.Field(choice.Field("logprobs"), "tokens") is { ValueKind: JsonValueKind.Array } tokens
            && tokens.GetArrayLength() >= sent
            && ServerJson.Field(choice.Field("logprobs"), "token_logprobs") is { ValueKind: JsonValueKind.Array }
        : choice.Field("prompt_logprobs") is { ValueKind: JsonValueKind.Array };

    /// <summary>The distributions at the last places of a text.</summary>
    /// <param name="choice">The reply.</param>
    /// <param name="way">How it was asked for.</param>
    /// <param name="ids">The text.</param>
    /// <param name="first">The first place that is wanted, 1 or later.</param>
    /// <param name="asked">How many of the most probable tokens were asked for.</param>
    /// <param name="vocabulary">How many tokens there are; null: as many as the lists, which are whole.</param>
    /// <exception cref="ServerFault">A field is missing, or a list is too short.</exception>
    /// <exception cref="UrialException">What it tells cannot be a model's.</exception>
    public ServedDistribution[] Read(ServedChoice choice, LogprobWay way, int[] ids, int first, int asked, int? vocabulary)
    {
        choice.CheckPrompt(ids, tokenizer);
        return way.IsEcho ? ReadEcho(choice, ids, first, asked, vocabulary) : ReadPrompt(choice, ids, first, asked, vocabulary);
    }

    private ServedDistribution[] ReadPrompt(ServedChoice choice, int[] ids, int first, int asked, int? vocabulary)
    {
        var list = Array(choice.Field("prompt_logprobs"), "choices[0].prompt_logprobs");
        if (list.GetArrayLength() != ids.Length)
            throw errors.Wrong($"gives log-probabilities of {list.GetArrayLength()} tokens, and {ids.Length} were sent: they cannot be "
                + "used.");
        var found = new ServedDistribution[ids.Length - first];
        var (place, own) = (-1, (ServedToken?)null);
        foreach (var entry in list.EnumerateArray())
        {
            if (++place < first)
                continue;
            if (entry.ValueKind != JsonValueKind.Object)
                throw errors.Unusable($"no map at choices[0].prompt_logprobs[{place}]");
            int? rank = null;
            own = null;
            var others = new List<ServedToken>();
            foreach (var token in entry.EnumerateObject())
            {
                if (!int.TryParse(token.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                    throw errors.Unusable($"no token id in choices[0].prompt_logprobs[{place}]: {errors.Shown(token.Name)}");
                var log = Number(token.Value.ValueKind == JsonValueKind.Object && token.Value.TryGetProperty("logprob", out var given)
                    ? given : token.Value, $"choices[0].prompt_logprobs[{place}]", id);
                if (id != ids[place])
                {
                    others.Add(new ServedToken(id, log));
                    continue;
                }
                own = new ServedToken(id, log);
                rank = ServerJson.Field(token.Value, "rank") is { ValueKind: JsonValueKind.Number } told && told.TryGetInt32(out var number)
                    ? number : null;
                CheckSpelling(id, ServerJson.Text(ServerJson.Field(token.Value, "decoded_token")));
            }
            found[place - first] = ServedDistribution.Of(own ?? throw errors.Wrong(
                    $"tells nothing of token {ids[place]} at place {place}, which was sent: it read another text, or has another "
                    + "tokenizer."),
                rank, true, others, [], asked, false, vocabulary ?? others.Count + 1, errors);
        }
        return found;
    }

    private ServedDistribution[] ReadEcho(ServedChoice choice, int[] ids, int first, int asked, int? vocabulary)
    {
        var record = choice.Field("logprobs");
        var tokens = Array(ServerJson.Field(record, "tokens"), "choices[0].logprobs.tokens");
        var logs = Array(ServerJson.Field(record, "token_logprobs"), "choices[0].logprobs.token_logprobs");
        if (tokens.GetArrayLength() < ids.Length || logs.GetArrayLength() != tokens.GetArrayLength())
            throw errors.Wrong($"gives log-probabilities of {tokens.GetArrayLength()} tokens, and {ids.Length} were sent: it does not echo "
                + "them all.");
        var tops = ServerJson.Field(record, "top_logprobs") is { ValueKind: JsonValueKind.Array } list
            && list.GetArrayLength() == tokens.GetArrayLength() ? [.. list.EnumerateArray()] : System.Array.Empty<JsonElement>();
        string[] texts = [.. tokens.EnumerateArray().Take(ids.Length).Select(token => ServerJson.Text(token) ?? "")];
        JsonElement[] values = [.. logs.EnumerateArray().Take(ids.Length)];
        for (var place = 0; place < ids.Length; place++)
            CheckSpelling(ids[place], texts[place]);
        var found = new ServedDistribution[ids.Length - first];
        for (var place = first; place < ids.Length; place++)
        {
            var log = Number(values[place], $"choices[0].logprobs.token_logprobs[{place}]", ids[place]);
            var (others, unnamed, bySpelling, isNamed) = (new List<ServedToken>(), new List<double>(), false, false);
            if (tops.Length > 0 && tops[place].ValueKind == JsonValueKind.Object)
                foreach (var token in tops[place].EnumerateObject())
                {
                    var its = Number(token.Value, $"choices[0].logprobs.top_logprobs[{place}]", null);
                    var written = TokenSpellings.WrittenId(token.Name);
                    bySpelling |= written is null;
                    if (written == ids[place] || written is null && token.Name == texts[place] && its == log)
                        isNamed = true;
                    else if (spellings.IdOf(token.Name) is { } id && id != ids[place])
                        others.Add(new ServedToken(id, its));
                    else
                        unnamed.Add(its);
                }
            if (others.Select(other => other.Id).Distinct().Count() < others.Count)
                throw errors.Wrong($"lists one token twice at place {place}: its log-probabilities cannot be used.");
            found[place - first] = ServedDistribution.Of(new ServedToken(ids[place], log), null, isNamed, others, unnamed, asked,
                bySpelling, vocabulary ?? others.Count + unnamed.Count + 1, errors);
        }
        return found;
    }

    private void CheckSpelling(int id, string? spelling)
    {
        if (spelling is not null && !spellings.Fits(id, spelling))
            throw errors.OtherTokenizer(id, spelling, tokenizer);
    }

    private JsonElement Array(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Array } list ? list : throw errors.Unusable($"no field {name}");

    private double Number(JsonElement value, string where, int? id)
    {
        if (value.ValueKind == JsonValueKind.Number)
            return value.GetDouble();
        return ServerJson.Text(value) switch // as Python writes them
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ when value.ValueKind == JsonValueKind.Null => double.NaN, // pydantic writes NaN as null
            _ => throw errors.Unusable($"no number at {where}{(id is null ? "" : $" for token {id}")}"),
        };
    }
}
