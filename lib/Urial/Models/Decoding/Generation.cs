namespace Urial;

/// <summary>An answer as a model gave it.</summary>
/// <param name="PromptIds">The prompt's token ids.</param>
/// <param name="AnswerIds">
/// The answer's token ids as they were generated, none left out: with the end-of-sequence token, or with the tokens of the stop string,
/// what the last of them holds beyond it, and what had to be seen before a fence could count as one.
/// </param>
/// <param name="StopReason">Why the answer ended.</param>
/// <param name="Text">The answer's text, special tokens left out, up to the stop string or to what closes the prompt's frame.</param>
public sealed record Generation(int[] PromptIds, int[] AnswerIds, StopReason StopReason, string Text)
{
    /// <summary>Whether the answer ended by itself or by a stop condition. False where it ran into the limit.</summary>
    public bool Stopped => StopReason != StopReason.Limit;
}
