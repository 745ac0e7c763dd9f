namespace Urial;

/// <summary>A prompt and an answer to it as token ids.</summary>
/// <param name="PromptIds">The prompt, on which no loss is taken.</param>
/// <param name="AnswerIds">The answer with the token that ends it.</param>
public sealed record TokenPair(int[] PromptIds, int[] AnswerIds)
{
    /// <summary>Tokens that a pass reads: all but the last, which is only predicted.</summary>
    internal int Read => PromptIds.Length + AnswerIds.Length - 1;
}
