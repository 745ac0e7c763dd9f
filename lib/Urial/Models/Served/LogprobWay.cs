namespace Urial;

/// <summary>How a server is asked for the log-probabilities of a text that it reads.</summary>
/// <param name="Name">The way's name, for manifests and messages.</param>
/// <param name="IsEcho">
/// Whether by <c>echo</c> and <c>logprobs</c>, as OpenAI's first models; else by vLLM's <c>prompt_logprobs</c>.
/// </param>
/// <param name="NewTokens">How many tokens are asked for behind the text: servers want 1, or take 0.</param>
/// <param name="WithExtras">Whether fields are sent that vLLM knows and strict servers refuse.</param>
/// <param name="AsText">Whether the text is sent as text, to a server that takes no ids.</param>
internal sealed record LogprobWay(string Name, bool IsEcho, int NewTokens, bool WithExtras, bool AsText)
{
    /// <summary>The ways, the best first.</summary>
    public static IReadOnlyList<LogprobWay> All { get; } =
    [
        new("prompt_logprobs", false, 1, true, false),
        new("prompt_logprobs", false, 1, false, false),
        .. from asText in new[] { false, true }
           from extras in new[] { true, false }
           from tokens in new[] { 0, 1 }
           select new LogprobWay(asText ? "echo of a text" : "echo", true, tokens, extras, asText),
    ];
}
