namespace Urial;

/// <summary>What one model of a pair reads before the answer.</summary>
/// <param name="Text">The text, special tokens spelt out.</param>
/// <param name="Tokens">Its ids, and where an answer stops.</param>
internal sealed record SidePrompt(string Text, PromptTokens Tokens)
{
    /// <summary>The prompt of a side.</summary>
    /// <param name="model">Who reads it.</param>
    /// <param name="side">Which side that is, for messages.</param>
    /// <param name="given">The prompt, where it is given verbatim.</param>
    /// <param name="ids">Its ids, where they are known.</param>
    /// <param name="style">Makes the prompt where it is not given.</param>
    /// <param name="conversation">What of.</param>
    /// <exception cref="UrialException">The style refuses the conversation, or the prompt has no tokens.</exception>
    public static SidePrompt Of(
        IPromptedModel model, string side, string? given, int[]? ids, Func<IPromptStyle> style, IReadOnlyList<ChatMessage> conversation)
    {
        var prompt = given is null ? Of(model, side, style(), conversation)
            : new SidePrompt(given, new PromptTokens(ids is { Length: > 0 } ? ids : model.Tokenizer.Encode(given)));
        return prompt.Tokens.Ids.Length > 0 ? prompt
            : throw new UrialException($"The {side} prompt has no tokens: a model needs at least one before the answer.");
    }

    private static SidePrompt Of(IPromptedModel model, string side, IPromptStyle style, IReadOnlyList<ChatMessage> conversation)
    {
        try
        {
            var made = style.Prompt(conversation);
            return new SidePrompt(made.Spelled(model.Tokenizer), made.Tokens(model.Tokenizer));
        }
        catch (UrialException e)
        {
            throw new UrialException($"The {side} model's prompt cannot be made (style {style.Name}): {e.Message}", e);
        }
    }
}
