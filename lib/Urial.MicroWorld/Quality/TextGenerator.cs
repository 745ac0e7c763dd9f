namespace Urial.MicroWorld;

/// <summary>
/// Anything that continues prompts: a language model, or a stand-in that knows all answers.
/// </summary>
/// <param name="prompts">The prompts, verbatim; no special tokens are added.</param>
/// <param name="maxNewTokens">The longest continuation in tokens; a stand-in may ignore it.</param>
/// <param name="stops">A continuation may end as soon as it holds one of these; the caller cuts it there.</param>
/// <returns>One greedy continuation for each prompt, in the prompts' order.</returns>
public delegate IReadOnlyList<string> TextGenerator(IReadOnlyList<string> prompts, int maxNewTokens, IReadOnlyList<string> stops);
