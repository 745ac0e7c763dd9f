namespace Urial.MicroWorld;

/// <summary>One trial that went against its cell's target, for reading.</summary>
/// <param name="PromptTail">The end of the prompt.</param>
/// <param name="Output">What the model wrote, cut at the stop.</param>
/// <param name="Expected">What the trial looked for, in words.</param>
public sealed record QualityFailure(string PromptTail, string Output, string Expected);
