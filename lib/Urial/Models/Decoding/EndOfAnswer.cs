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
        Func<string, bool>? stop)
    {
        var eos = options.StopAtEos ? model.Config.EosTokenIds : [];
        var strings = prompt.Stop ?? options.Stop;
        var stops = strings.Count == 0 ? null : new StopStrings(strings, LastText(model, prompt.Ids));
        HashSet<int> tokens = strings.Count == 0 ? []
            : [.. strings.Select(model.Tokenizer.IdOf).OfType<int>().Where(model.Tokenizer.IsSpecial)];
        return answer =>
        {
            if (eos.Contains(answer[^1]))
                return StopReason.EndOfSequence;
            if (tokens.Contains(answer[^1]))
                return StopReason.StopString;
            if (stops is null && stop is null)
                return null;
            var text = Text(model, answer);
            return stops?.Cut(text) is not null ? StopReason.StopString : stop?.Invoke(text) == true ? StopReason.Caller : null;
        };
    }

    /// <summary>
    /// The finished answer. A stop string that only the end of the answer completes counts, and so does what closes the prompt's frame.
    /// </summary>
    public static Generation Finish(LanguageModel model, PromptTokens prompt, DecodedAnswer row, GenerationOptions options) =>
        Finish(model, prompt, [.. row.Answer], row.StopReason!.Value, options);

    /// <summary>The finished answer of ids that were generated before.</summary>
    public static Generation Finish(LanguageModel model, PromptTokens prompt, int[] answer, StopReason stopped, GenerationOptions options)
    {
        var text = Text(model, answer);
        string[] ends = [.. prompt.Stop ?? options.Stop, .. prompt.Closing is null ? Array.Empty<string>() : [prompt.Closing]];
        var cut = ends.Length == 0 ? null : new StopStrings(ends, LastText(model, prompt.Ids)).Cut(text, ended: true);
        var reason = stopped == StopReason.Limit && cut is not null ? StopReason.StopString : stopped;
        return new Generation(prompt.Ids, answer, reason, cut is null ? text : text[..cut.Value]);
    }

    // A head may be padded beyond the tokenizer: such an id has no text.
    private static string Text(LanguageModel model, IReadOnlyList<int> ids) =>
        model.Tokenizer.Decode([.. ids.Where(model.Tokenizer.Contains)], skipSpecialTokens: true);

    /// <summary>The prompt's text behind its last special token: a turn's text does not reach into the next turn.</summary>
    private static string LastText(LanguageModel model, int[] prompt)
    {
        var special = Array.FindLastIndex(prompt, id => model.Tokenizer.Contains(id) && model.Tokenizer.IsSpecial(id));
        return Text(model, prompt[(special + 1)..]);
    }
}
