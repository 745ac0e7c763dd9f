namespace Urial;

/// <summary>What a name, key or index stands for that does not exist: nothing when written, an error when used.</summary>
/// <param name="What">What was looked for.</param>
internal sealed record JinjaUndefined(string What);
