namespace Urial;

/// <summary>How asking a model ended: with a verdict, or with what went wrong last.</summary>
/// <param name="Verdict">The verdict; null where there is none.</param>
/// <param name="Error">What went wrong; null where nothing did.</param>
/// <param name="Usage">What all tries cost together.</param>
internal sealed record JudgeCall<T>(T? Verdict, string? Error, JudgeUsage Usage) where T : class;
