namespace Urial;

/// <summary>What one and the same model is called in the stored scores, on the leaderboard and in Table 1.</summary>
/// <param name="Stored">In <c>scores.csv</c>.</param>
/// <param name="Leaderboard">On the leaderboard.</param>
/// <param name="Table1">In Table 1; null where it is not there.</param>
public sealed record PublishedNames(string Stored, string Leaderboard, string? Table1)
{
    /// <summary>The 15 models whose safety scores are stored.</summary>
    public static IReadOnlyList<PublishedNames> All { get; } =
    [
        new("gpt-4-0314", "gpt-4-0314", "gpt-4-0314"),
        new("gpt-4-0613", "gpt-4-0613", "gpt-4-0613"),
        new("gpt-3.5-turbo-0301", "gpt-3.5-turbo", "gpt-3.5-turbo-0301"),
        new("Yi-34B-Chat", "Yi-34B-Chat", null),
        new("Yi-6B-Chat", "Yi-6B-Chat", null),
        new("tulu-2-dpo-70b", "Tulu2-DPO-70B", null),
        new("tulu-2-dpo-7b", "Tulu2-DPO-7B", null),
        new("Llama-2-70b-chat-hf", "Llama-2-70b-chat", null),
        new("Llama-2-70B-chat-GPTQ", "Llama-2-70b-chat-GPTQ", "Llama2-70b-chat-q (RLHF)"),
        new("Llama-2-7b-chat-hf", "Llama-2-7b-chat", "Llama2-7b-chat (RLHF)"),
        new("Mistral-7B-Instruct-v0.1", "Mistral-7B-Instruct", "Mistral-7b-instruct (SFT)"),
        new("vicuna-7b-v1.5", "Vicuna-7b", "Vicuna-7b (SFT)"),
        new("URIAL=inst_1k-Llama-2-70b-hf", "URIAL=inst_1k-Llama-2-70b-hf", null),
        new("URIAL=inst_1k-Llama-2-70B-GPTQ", "URIAL=inst_1k-Llama-2-70B-GPTQ", "Llama2-70b-q (URIAL K=3)"),
        new("URIAL=inst_1k-Mistral-7B-v0.1", "URIAL=inst_1k-Mistral-7B", "Mistral-7b (URIAL K=3)"),
    ];
}
