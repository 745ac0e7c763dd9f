namespace Urial;

/// <summary>The ids of an answer that somebody wrote, as the aligned model would have given it.</summary>
internal static class WrittenAnswerIds
{
    /// <summary>The ids of the text alone, and then the token that ends the turn.</summary>
    /// <param name="aligned">The model whose tokenizer spells the answer.</param>
    /// <param name="style">How it reads the question: a chat template may end turns with a token of its own.</param>
    /// <param name="answer">The answer's text.</param>
    /// <exception cref="UrialException">The model names no token that could end it, or the chat template cannot be read.</exception>
    public static int[] Of(IPromptedModel aligned, IPromptStyle style, string answer)
    {
        var end = (style as ChatStyle)?.EndOfTurn ?? aligned.Tokenizer.EosId ?? aligned.EndIds.Cast<int?>().FirstOrDefault()
            ?? throw new UrialException($"The aligned model {aligned.Name} names no token that ends an answer: add eos_token to its "
                + "tokenizer_config.json, or eos_token_id to its config.json.");
        return [.. aligned.Tokenizer.Encode(answer), end];
    }
}
