namespace Urial.Benchmarks;

/// <summary>What llama.cpp's process says to a <see cref="PeerRequest"/>, a line of JSON.</summary>
/// <param name="Seconds">How long it took, where that was asked.</param>
/// <param name="Answers">The answers, where these were asked.</param>
/// <param name="Failure">What failed; null: nothing.</param>
internal sealed record PeerReply(double Seconds = 0, int[][]? Answers = null, string? Failure = null);
