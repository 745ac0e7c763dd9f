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

    /// <summary>
    /// Whether the answer ended, and its end is no part of the ids of its text: a stop string, or what closes the prompt's frame and what
    /// came behind it, an end-of-sequence token too.
    /// </summary>
    /// <param name="textIds"><see cref="TextIds"/>.</param>
    internal bool EndsAtCut(int[] textIds) =>
        StopReason == StopReason.StopString || Stopped && textIds.Length < AnswerIds.Length;

    /// <summary>
    /// The ids of the answer's text. All of them where nothing cut the text, the end-of-sequence token included; where a stop string did,
    /// or what closes the prompt's frame, those before the first token that has some of it.
    /// </summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    public int[] TextIds(HfTokenizer tokenizer)
    {
        if (tokenizer.Decode([.. AnswerIds.Where(tokenizer.Contains)], skipSpecialTokens: true).Length <= Text.Length)
            return AnswerIds;
        var (_, spans) = TokenSpans.Of(tokenizer, AnswerIds);
        var length = Array.FindIndex(spans, span => span.End > Text.Length);
        return length < 0 ? AnswerIds : AnswerIds[..length];
    }
}
