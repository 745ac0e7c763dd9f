namespace Urial;

/// <summary>Gives every query its answer: the one it brought, or the aligned model's greedy answer.</summary>
internal static class AnswerWriter
{
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
    public static Written[] Write(
        LanguageModel aligned, IReadOnlyList<PreparedQuery> queries, ShiftOptions options, Action<RunStep>? progress)
    {
        var written = new Written[queries.Count];
        var answered = 0;
        var open = new List<int>();
        for (var i = 0; i < queries.Count; i++)
            if (queries[i].AnswerIds is { } given)
                written[i] = new Written(given);
            else
                open.Add(i);

        // A batch shares one limit of new tokens, so queries with less room than asked for are answered one by one;
        // prompts of like length side by side waste least on padding.
        int[] together = [.. open.Where(i => queries[i].Room >= options.MaxNewTokens).OrderBy(i => queries[i].Aligned.Tokens.Ids.Length)];
        if (together.Length > 0)
            Answer(together);
        foreach (var i in open.Where(i => queries[i].Room < options.MaxNewTokens))
            Answer([i]);
        return written;

        void Answer(int[] group)
        {
            var limit = Math.Min(options.MaxNewTokens, group.Min(i => queries[i].Room));
            var done = 0;
            var told = new Lock();
            try
            {
                var generations = aligned.GenerateBatch(
                    [.. group.Select(i => queries[i].Aligned.Tokens)],
                    new GenerationOptions { MaxNewTokens = limit, BatchSize = options.BatchSize }, null, null, Tell);
                for (var g = 0; g < group.Length; g++)
                    written[group[g]] = !generations[g].Stopped && limit < options.MaxNewTokens
                        ? new Written(null, Error: $"Context overflow: the answer did not end within the {limit} tokens that the prompts "
                            + "leave room for. Shorten the prompts, or ask for fewer new tokens.")
                        : Of(generations[g], aligned.Tokenizer);
                answered += group.Length;
            }
            catch (UrialException e) when (group.Length == 1)
            {
                written[group[0]] = new Written(null, Error: e.Message);
                Tell();
                answered++;
            }
            catch (UrialException)
            {
                // One of them spoils the others: find out which.
                Answer(group[..(group.Length / 2)]);
                Answer(group[(group.Length / 2)..]);
            }

            void Tell()
            {
                lock (told)
                    progress?.Invoke(new RunStep("answering", answered + ++done, open.Count));
            }
        }
    }

    private static Written Of(Generation answer, HfTokenizer tokenizer) => answer.TextIds(tokenizer) is { Length: > 0 } ids
        ? new Written(ids, answer.Text, answer.StopReason == StopReason.StopString)
        : new Written(null, Error: "The answer is empty: it begins with what ends it, a stop string of its prompt style. There is "
            + "nothing to score.");
}
