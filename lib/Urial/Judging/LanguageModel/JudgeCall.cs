namespace Urial;

/// <summary>How asking a model ended: with a verdict, or with what went wrong last.</summary>
/// <param name="Verdict">The verdict; null where there is none.</param>
/// <param name="Error">What went wrong; null where nothing did.</param>
/// <param name="Usage">What all tries cost together.</param>
/// <param name="AtServerTemperature">Whether the reply was given at the server's temperature, and not at 0.</param>
internal sealed record JudgeCall<T>(T? Verdict, string? Error, JudgeUsage Usage, bool AtServerTemperature) where T : class;
