namespace Urial.Benchmarks;

/// <summary>What llama.cpp's process is asked, a line of JSON each.</summary>
/// <param name="Do"><c>open</c>, <c>logits</c>, <c>score</c> or <c>answer</c>.</param>
/// <param name="Path">The GGUF file to open, or the file that logits are written to.</param>
/// <param name="Exact">Whether attention is computed in f32.</param>
/// <param name="Texts">Token ids: one text, or the prompts.</param>
/// <param name="First">Tokens of answers before the timed ones.</param>
/// <param name="Steps">Tokens of answers that are timed.</param>
internal sealed record PeerRequest(
    string Do, string? Path = null, bool Exact = false, int[][]? Texts = null, int First = 0, int Steps = 0);
