namespace Urial;

/// <summary>When an answer ends, and what its text then is.</summary>
internal static class EndOfAnswer
{
    /// <summary>Why an answer ends with the ids it has; null where it goes on. The limit of new tokens is not looked at.</summary>
    /// <param name="model">Whose answer it is.</param>
    /// <param name="prompt">What it answers.</param>
    /// <param name="options">How it is decoded.</param>
    /// <param name="stop">The caller's condition on the text so far.</param>
    public static Func<IReadOnlyList<int>, StopReason?> Of(LanguageModel model, PromptTokens prompt, GenerationOptions options,
        Func<string, bool>? stop) =>
        // Read only where it is needed: a network without a folder has no tokenizer.
        Of(() => model.Tokenizer, options.StopAtEos ? model.Config.EosTokenIds : [], prompt, prompt.Stop ?? options.Stop, stop);

    /// <summary>The same for a model that is known by its tokenizer alone.</summary>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="eos">The ids that end an answer.</param>
    /// <param name="prompt">What it answers.</param>
    /// <param name="strings">The stop strings.</param>
    /// <param name="stop">The caller's condition on the text so far.</param>
    public static Func<IReadOnlyList<int>, StopReason?> Of(Func<HfTokenizer> tokenizer, IReadOnlyCollection<int> eos, PromptTokens prompt,
        IReadOnlyList<string> strings, Func<string, bool>? stop = null)
    {
        var stops = strings.Count == 0 ? null : new StopStrings(strings, LastText(tokenizer(), prompt.Ids));
        var tokens = strings.Count == 0 ? [] : StopTokens(tokenizer(), strings);
        return answer =>
        {
            if (eos.Contains(answer[^1]))
                return StopReason.EndOfSequence;
            if (tokens.Contains(answer[^1]))
                return StopReason.StopString;
            if (stops is null && stop is null)
                return null;
            var text = Text(tokenizer(), answer);
            return stops?.Cut(text) is not null ? StopReason.StopString : stop?.Invoke(text) == true ? StopReason.Caller : null;
        };
    }

    /// <summary>
    /// The finished answer. A stop string that only the end of the answer completes counts, and so does what closes the prompt's frame.
    /// </summary>
    public static Generation Finish(LanguageModel model, PromptTokens prompt, DecodedAnswer row, GenerationOptions options) =>
        Finish(model, prompt, [.. row.Answer], row.StopReason!.Value, options);

    /// <summary>The finished answer of ids that were generated before.</summary>
    public static Generation Finish(
        LanguageModel model, PromptTokens prompt, int[] answer, StopReason stopped, GenerationOptions options) =>
        Finish(model.Tokenizer, prompt, answer, stopped, prompt.Stop ?? options.Stop);

    /// <summary>The finished answer of a model that is known by its tokenizer alone.</summary>
    public static Generation Finish(
        HfTokenizer tokenizer, PromptTokens prompt, int[] answer, StopReason stopped, IReadOnlyList<string> strings)
    {
        var text = Text(tokenizer, answer);
        string[] ends = [.. strings, .. prompt.Closing is null ? Array.Empty<string>() : [prompt.Closing]];
        var cut = ends.Length == 0 ? null : new StopStrings(ends, LastText(tokenizer, prompt.Ids)).Cut(text, ended: true);
        var reason = stopped == StopReason.Limit && cut is not null ? StopReason.StopString : stopped;
        return new Generation(prompt.Ids, answer, reason, cut is null ? text : text[..cut.Value]);
    }

    /// <summary>The special tokens that stop strings spell.</summary>
    public static HashSet<int> StopTokens(HfTokenizer tokenizer, IReadOnlyList<string> strings) =>
        [.. strings.Select(tokenizer.IdOf).OfType<int>().Where(tokenizer.IsSpecial)];

    // A head may be padded beyond the tokenizer: such an id has no text.
    private static string Text(HfTokenizer tokenizer, IReadOnlyList<int> ids) =>
        tokenizer.Decode([.. ids.Where(tokenizer.Contains)], skipSpecialTokens: true);

    /// <summary>The prompt's text behind its last special token: a turn's text does not reach into the next turn.</summary>
    private static string LastText(HfTokenizer tokenizer, int[] prompt)
    {
        var special = Array.FindLastIndex(prompt, id => tokenizer.Contains(id) && tokenizer.IsSpecial(id));
        return Text(tokenizer, prompt[(special + 1)..]);
    }
}
