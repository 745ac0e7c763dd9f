namespace Urial.MicroWorld;

/// <summary>Lets a language model take part in a measurement.</summary>
internal static class ModelGenerator
{
    /// <summary>Prompts decoded side by side: enough to use the processor well, few enough to wait little for the longest.</summary>
    private const int BatchSize = 32;

    /// <summary>A model that continues prompts verbatim, greedily.</summary>
    public static TextGenerator Of(LanguageModel model) => (prompts, maxNewTokens, stops) =>
    {
        int[][] ids = [.. prompts.Select(p => model.Tokenizer.Encode(p))];
        // Prompts of like length go together, so that little is padding.
        int[] order = [.. Enumerable.Range(0, ids.Length).OrderBy(i => ids[i].Length).ThenBy(i => i)];
        var options = new GenerationOptions { MaxNewTokens = maxNewTokens, BatchSize = BatchSize };
        var answers = model.GenerateBatch([.. order.Select(i => ids[i])], options,
            (_, text) => stops.Any(s => text.Contains(s, StringComparison.Ordinal)));
        var texts = new string[ids.Length];
        for (var i = 0; i < order.Length; i++)
            texts[order[i]] = answers[i].Text;
        return texts;
    };

    /// <summary>A model that answers queries through its chat template.</summary>
    /// <exception cref="UrialException">The model has none.</exception>
    public static TextGenerator Chat(LanguageModel model)
    {
        var template = model.ChatTemplate
            ?? throw new UrialException(
                $"{model.Directory} has no chat template, so it cannot be asked as an aligned model; measure it as a base model.");
        var raw = Of(model);
        return (queries, maxNewTokens, stops) =>
            raw([.. queries.Select(q => template.Render([new ChatMessage("user", q)]))], maxNewTokens, stops);
    }

    /// <summary>The text of a phrase's first token.</summary>
    public static string FirstToken(HfTokenizer tokenizer, string phrase) => tokenizer.Decode([tokenizer.Encode(phrase)[0]]);
}
