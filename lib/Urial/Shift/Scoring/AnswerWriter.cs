namespace Urial;

/// <summary>Gives every query its answer: the one it brought, one that was given before, or the aligned model's greedy answer.</summary>
internal sealed class AnswerWriter
{
    private readonly LanguageModel _aligned;
    private readonly IReadOnlyList<PreparedQuery> _queries;
    private readonly ShiftOptions _options;
    private readonly IShiftStore _store;
    private readonly Action<RunStep>? _progress;
    private readonly Written?[] _written;
    private readonly int[] _open; // queries whose answers are not given
    private readonly Lock _told = new();
    private int _answered;

    private AnswerWriter(
        LanguageModel aligned, IReadOnlyList<PreparedQuery> queries, ShiftOptions options, Action<RunStep>? progress, IShiftStore store)
    {
        (_aligned, _queries, _options, _progress, _store) = (aligned, queries, options, progress, store);
        _written = [.. queries.Select(query => query.AnswerIds is { } given
            ? new Written(given, AtStop: query.Query.EndedAtStop) : store.Answered(query.Query.Id))];
        _open = [.. Enumerable.Range(0, queries.Count).Where(i => queries[i].AnswerIds is null)];
        _answered = _open.Count(i => _written[i] is not null);
    }

    /// <summary>An answer's ids, or why there are none.</summary>
    /// <param name="Ids">The ids that are scored.</param>
    /// <param name="Text">The answer's text; null: that of the ids.</param>
    /// <param name="AtStop">Whether the answer ended at a stop string, which is no part of it.</param>
    /// <param name="Error">Why there are none.</param>
    public sealed record Written(int[]? Ids, string? Text = null, bool AtStop = false, string? Error = null)
    {
        /// <summary>The ids.</summary>
        /// <exception cref="UrialException">There are none.</exception>
        public int[] IdsOrThrow() => Ids ?? throw new UrialException(Error!);
    }

    /// <summary>Answers for <paramref name="queries"/>, in their order.</summary>
    /// <param name="aligned">Who answers.</param>
    /// <param name="queries">What is asked.</param>
    /// <param name="options">How long answers may be, and how many are decoded side by side.</param>
    /// <param name="progress">Called after every answer.</param>
    /// <param name="store">Has the answers of before, and keeps each new one.</param>
    /// <exception cref="WriteException">An answer cannot be kept.</exception>
    public static Written[] Write(LanguageModel aligned, IReadOnlyList<PreparedQuery> queries, ShiftOptions options,
        Action<RunStep>? progress, IShiftStore store)
    {
        var writer = new AnswerWriter(aligned, queries, options, progress, store);
        writer.Write();
        return [.. writer._written.Select(answer => answer!)];
    }

    private void Write()
    {
        if (_answered > 0)
            _progress?.Invoke(new RunStep("answering", _answered, _open.Length));
        // A batch shares one limit of new tokens, so queries with less room than asked for are answered one by one;
        // prompts of like length side by side waste least on padding.
        int[] together = [.. _open.Where(i => _queries[i].Room >= _options.MaxNewTokens)
            .OrderBy(i => _queries[i].Aligned.Tokens.Ids.Length)];
        // Where neighbours could change an answer, each has the same ones however often the run was stopped.
        foreach (var group in _aligned.IsAlone(Decoding(_options.MaxNewTokens)) ? [together] : Batches(together))
            if (!group.All(i => _written[i] is not null))
                Answer(group);
        foreach (var i in _open.Where(i => _queries[i].Room < _options.MaxNewTokens && _written[i] is null))
            Answer([i]);
    }

    private IEnumerable<int[]> Batches(int[] queries)
    {
        for (var first = 0; first < queries.Length;)
        {
            // Prompts get longer: as many as fit if all were as long as the last of them.
            var count = Math.Min(_options.BatchSize, queries.Length - first);
            while (count > 1 && count > Fitting(queries[first..(first + count)], _options.MaxNewTokens))
                count--;
            yield return queries[first..(first + count)];
            first += count;
        }
    }

    private GenerationOptions Decoding(int limit) => new() { MaxNewTokens = limit, BatchSize = _options.BatchSize };

    // How many answers' keys and values fit into the memory that the options allow, 1 at least.
    private int Fitting(int[] group, int limit)
    {
        var config = _aligned.Config;
        long width = _aligned.Decoder.Packed is null && _aligned.Precision == Precision.BF16 ? 2 : sizeof(float);
        var token = 2 * config.Layers * (long)config.KvHeads * config.HeadDim * width;
        var longest = group.Max(i => _queries[i].Aligned.Tokens.Ids.Length) + limit;
        return (int)Math.Clamp(_options.BatchMemory / (token * longest), 1, _options.BatchSize);
    }

    private void Answer(int[] group)
    {
        var limit = Math.Min(_options.MaxNewTokens, group.Min(i => _queries[i].Room));
        var decoding = Decoding(limit) with { BatchSize = Fitting(group, limit) };
        if (_aligned.IsAlone(decoding))
            group = [.. group.Where(i => _written[i] is null)];
        try
        {
            _aligned.GenerateBatch([.. group.Select(i => _queries[i].Aligned.Tokens)], decoding, null, null,
                (number, answer) => Take(group[number], answer, limit));
        }
        catch (UrialException e) when (group.Length == 1 && e is not WriteException)
        {
            Take(group[0], new Written(null, Error: e.Message));
        }
        catch (UrialException e) when (e is not WriteException)
        {
            // One of them spoils the others: find out which.
            foreach (var half in new[] { group[..(group.Length / 2)], group[(group.Length / 2)..] })
                if (!half.All(i => _written[i] is not null))
                    Answer(half);
        }
    }

    private void Take(int query, Generation answer, int limit) => Take(query, Of(answer, limit, _options, _aligned.Tokenizer));

    private void Take(int query, Written answer)
    {
        lock (_told)
        {
            if (_written[query] is not null)
                return; // it was decoded again beside another
            if (answer.Ids is not null)
                _store.Keep(_queries[query].Query.Id, answer);
            _written[query] = answer;
            _progress?.Invoke(new RunStep("answering", ++_answered, _open.Length));
        }
    }

    /// <summary>What is scored of an answer that a model gave.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="limit">How many tokens it could have.</param>
    /// <param name="options">How many it should have been able to have.</param>
    /// <param name="tokenizer">The model's.</param>
    public static Written Of(Generation answer, int limit, ShiftOptions options, HfTokenizer tokenizer) =>
        !answer.Stopped && limit < options.MaxNewTokens
            ? new Written(null, Error: $"Context overflow: the answer did not end within the {limit} tokens that the prompts "
                + "leave room for. Shorten the prompts, or ask for fewer new tokens.")
            : Of(answer, tokenizer);

    private static Written Of(Generation answer, HfTokenizer tokenizer) => answer.TextIds(tokenizer) is { Length: > 0 } ids
        ? new Written(ids, answer.Text, answer.EndsAtCut(ids))
        : new Written(null, Error: "The answer is empty: it begins with what ends it, a stop string of its prompt style. There is "
            + "nothing to score.");
}
