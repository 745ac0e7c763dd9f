namespace Urial;

/// <summary>An answer as a model gave it.</summary>
/// <param name="PromptIds">The prompt's token ids.</param>
/// <param name="AnswerIds">The answer's token ids as they were generated, end-of-sequence included.</param>
/// <param name="Stopped">Whether the answer ended by itself: with end-of-sequence, or because the caller's stop condition held. False where it ran into the limit.</param>
/// <param name="Text">The answer's text, special tokens left out.</param>
public sealed record Generation(int[] PromptIds, int[] AnswerIds, bool Stopped, string Text);
