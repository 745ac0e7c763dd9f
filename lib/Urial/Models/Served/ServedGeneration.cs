using System.Text.Json;

namespace Urial;

/// <summary>
/// One answer of a served model. Where it ends is decided here, by the ids and the rules of <see cref="StopStrings"/>, as for a model in
/// this process: a server stops at the first stop string, also inside a code block, and is then asked to go on.
/// </summary>
internal sealed class ServedGeneration(
    ServedRequests requests, string model, GenerationWay way, HfTokenizer tokenizer, int vocabulary, int? context, Action<string> note)
{
    /// <summary>What one reply added to the answer.</summary>
    /// <param name="Ids">Its ids.</param>
    /// <param name="Finish">Why it ended, in the server's word.</param>
    /// <param name="AtString">Whether a stop string ended it.</param>
    /// <param name="EndId">The token that the server says ended it; null where it says none.</param>
    private sealed record Piece(int[] Ids, string Finish, bool AtString, int? EndId);

    /// <summary>The answer.</summary>
    public async Task<Generation> AnswerAsync(PromptTokens prompt, int maxTokens, IReadOnlyList<string> stop,
        IReadOnlyCollection<int> endIds, CancellationToken cancellation)
    {
        var ends = EndOfAnswer.Of(() => tokenizer, endIds, prompt, stop);
        var stopTokens = EndOfAnswer.StopTokens(tokenizer, stop);
        // A server that tells text alone does not say whether a stop string ended it: it is not told of them.
        string[] strings = way.Ids == AnswerIdSource.Text ? []
            : [.. stop.Where(text => tokenizer.IdOf(text) is not { } id || !stopTokens.Contains(id))];
        var answer = new List<int>();
        while (true)
        {
            var before = answer.Count;
            var piece = await NextAsync(
                [.. prompt.Ids, .. answer], maxTokens - before, strings, [.. endIds.Union(stopTokens)], cancellation).ConfigureAwait(false);
            answer.AddRange(piece.Ids);
            if (End(ends, [.. endIds, .. stopTokens], answer, before) is var (length, reason))
                return Finished(answer[..length], reason);
            if (piece.AtString && !Holds(stop, answer))
                return Finished(answer, StopReason.StopString); // a server that leaves the stop string out of the ids
            if (piece.Finish == "stop" && !piece.AtString)
            {
                if (MissingEnd(piece, endIds) is { } end && answer.Count < maxTokens)
                    answer.Add(end);
                return Finished(answer, StopReason.EndOfSequence);
            }
            // Our tokens of a text are not the server's, so that their number does not tell what is left.
            if (answer.Count >= maxTokens || way.Ids == AnswerIdSource.Text || piece.Ids.Length == 0
                || prompt.Ids.Length + answer.Count >= context)
                return Finished(answer, StopReason.Limit);
        }

        Generation Finished(List<int> ids, StopReason reason) => EndOfAnswer.Finish(tokenizer, prompt, [.. ids], reason, stop);
    }

    private bool Holds(IReadOnlyList<string> stop, List<int> answer)
    {
        var text = tokenizer.Decode([.. answer.Where(tokenizer.Contains)]);
        return stop.Any(one => text.Contains(one, StringComparison.Ordinal));
    }

    // The token that ended the answer, where it is not among the ids: the one that the server names, or the model's.
    private int? MissingEnd(Piece piece, IReadOnlyCollection<int> endIds)
    {
        int? last = piece.Ids is [.., var own] ? own : null;
        if (piece.EndId is { } told)
            return last == told ? null : told;
        return last is { } id && (!tokenizer.Contains(id) || tokenizer.IsSpecial(id)) ? null : Ending(endIds);
    }

    // A server that leaves the end of sequence out of an answer's ids does not say which of several it was.
    private int? Ending(IReadOnlyCollection<int> endIds)
    {
        int? end = tokenizer.EosId is { } eos && endIds.Contains(eos) ? eos : endIds.Count > 0 ? endIds.First() : null;
        if (end is not null)
            note(endIds.Count == 1 ? "The server leaves the end of sequence out of an answer's ids: it was added."
                : "The server leaves the end of sequence out of an answer's ids: the first of the model's was added.");
        return end;
    }

    // The first length at which the answer ends. Once a text holds a stop string that counts, longer ones do too.
    private static (int Length, StopReason Reason)? End(
        Func<IReadOnlyList<int>, StopReason?> ends, HashSet<int> endIds, List<int> answer, int before)
    {
        var endAt = answer.FindIndex(before, endIds.Contains);
        var (shorter, length) = (before, endAt < 0 ? answer.Count : endAt);
        if (length > before && ends(answer[..length]) is not null)
        {
            while (length - shorter > 1)
            {
                var middle = (shorter + length) / 2;
                (shorter, length) = ends(answer[..middle]) is null ? (middle, length) : (shorter, middle);
            }
            return (length, ends(answer[..length])!.Value);
        }
        return endAt < 0 ? null : (endAt + 1, ends(answer[..(endAt + 1)])!.Value);
    }

    private Task<Piece> NextAsync(
        int[] ids, int tokens, string[] stop, int[] stopIds, CancellationToken cancellation)
    {
        var text = way.AsText || way.Ids == AnswerIdSource.Text ? tokenizer.Decode(ids) : "";
        var body = ServedBody.Generate(model, way, ids, text, tokens, stop, stopIds);
        return requests.AskAsync("completions", body, json => Read(json, ids, text, tokens), cancellation);
    }

    private Piece Read(JsonElement root, int[] sent, string text, int tokens)
    {
        var choice = new ServedChoice(root, requests.Errors);
        choice.CheckPrompt(sent, tokenizer);
        var finish = choice.FinishReason;
        if (finish is not ("stop" or "length" or "eos" or "eos_token" or "stop_sequence"))
            throw requests.Errors.Unusable(finish.Length == 0 ? "no field choices[0].finish_reason"
                : $"an answer that ended with \"{requests.Errors.Shown(finish)}\"");
        var reason = ServerJson.Field(choice.Json, "stop_reason") ?? ServerJson.Field(choice.Json, "matched_stop");
        int? endId = reason is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var id) ? id : null;
        var ids = way.Ids switch
        {
            AnswerIdSource.Ids => choice.TokenIds ?? throw requests.Errors.Unusable("no field choices[0].token_ids"),
            AnswerIdSource.Tokens => Tokens(choice),
            _ => TextIds(sent, text, ServerJson.Text(ServerJson.Field(choice.Json, "text"))
                ?? throw requests.Errors.Unusable("no field choices[0].text")),
        };
        if (Array.FindIndex(ids, token => token < 0 || token >= vocabulary) is >= 0 and var foreign)
            throw requests.Errors.Wrong($"answers with token {ids[foreign]}, and the vocabulary has 0 to {vocabulary - 1}: it serves "
                + "another model than the tokenizer belongs to.");
        if (ids.Length > tokens && way.Ids != AnswerIdSource.Text)
            throw requests.Errors.Wrong($"answers with {ids.Length} tokens where {tokens} were asked for: its answers cannot be compared.");
        return new Piece(ids, finish == "length" ? finish : "stop",
            finish == "stop_sequence" || reason is { ValueKind: JsonValueKind.String }, endId);
    }

    private int[] Tokens(ServedChoice choice) =>
        ServerJson.Field(choice.Field("logprobs"), "tokens") is { ValueKind: JsonValueKind.Array } tokens
            ? [.. tokens.EnumerateArray().Select(token => TokenSpellings.WrittenId(ServerJson.Text(token) ?? "")
                ?? throw requests.Errors.Unusable("a token without its id in choices[0].logprobs.tokens"))]
            : throw requests.Errors.Unusable("no field choices[0].logprobs.tokens");

    // Behind the prompt a text may be cut into other tokens than alone.
    private int[] TextIds(int[] sent, string prompt, string answer)
    {
        var whole = tokenizer.Encode(prompt + answer);
        return whole.AsSpan().StartsWith(sent) ? whole[sent.Length..] : tokenizer.Encode(answer);
    }
}
