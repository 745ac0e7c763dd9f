namespace Urial;

/// <summary>A query whose prompt is fixed, as text and as ids, and fits into the model's context.</summary>
/// <param name="Line">1-based line number in the file of queries.</param>
/// <param name="Query">The query.</param>
/// <param name="Text">The prompt's text.</param>
/// <param name="Tokens">The prompt's ids, stops and stream.</param>
internal sealed record PreparedAnswer(int Line, AnswerQuery Query, string Text, PromptTokens Tokens)
{
    /// <summary>The query's id.</summary>
    public string Id => Query.Id;

    /// <summary>Makes the prompt that the query leaves open, and checks that it and the answer fit.</summary>
    /// <param name="model">Who answers.</param>
    /// <param name="style">Makes prompts; null where every query brings its own.</param>
    /// <param name="line">The query's line number.</param>
    /// <param name="query">The query.</param>
    /// <param name="options">Their limit of new tokens must fit.</param>
    /// <exception cref="UrialException">The style refuses the conversation, or the context is too short.</exception>
    public static PreparedAnswer Of(LanguageModel model, IPromptStyle? style, int line, AnswerQuery query, GenerationOptions options)
    {
        var made = query.Conversation is null ? null : style!.Prompt(query.Conversation);
        var tokens = made?.Tokens(model.Tokenizer) ?? new PromptTokens(model.Tokenizer.Encode(query.Prompt!)) { Stop = query.Stop };
        model.CheckPrompt(tokens.Ids, "The prompt", options);
        return new PreparedAnswer(line, query, made?.Text ?? query.Prompt!, tokens with { Stream = PromptTokens.StreamOf(query.Id) });
    }
}
