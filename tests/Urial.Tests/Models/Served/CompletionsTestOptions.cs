namespace Urial.Tests.Models.Served;

/// <summary>What a <see cref="CompletionsTestServer"/> can do, and how it fails.</summary>
internal sealed record CompletionsTestOptions
{
    /// <summary>The model's name.</summary>
    public string Name { get; init; } = "micro";

    /// <summary>Further names that it lists.</summary>
    public string[] OtherNames { get; init; } = [];

    /// <summary>The most log-probabilities a position; −1: the whole vocabulary.</summary>
    public int MaxLogprobs { get; init; } = -1;

    /// <summary>Whether it knows <c>prompt_logprobs</c>.</summary>
    public bool PromptLogprobs { get; init; } = true;

    /// <summary>Whether it tells ranks with them.</summary>
    public bool Ranks { get; init; } = true;

    /// <summary>Whether it knows <c>echo</c>.</summary>
    public bool Echo { get; init; } = true;

    /// <summary>Whether <c>echo</c> with <c>max_tokens</c> 0 is refused.</summary>
    public bool EchoNeedsToken { get; init; }

    /// <summary>Whether it knows <c>return_token_ids</c>.</summary>
    public bool TokenIds { get; init; } = true;

    /// <summary>Whether it knows <c>return_tokens_as_token_ids</c>.</summary>
    public bool TokensAsIds { get; init; } = true;

    /// <summary>Whether it takes prompts as ids.</summary>
    public bool TakesIds { get; init; } = true;

    /// <summary>Whether it refuses fields that OpenAI's reference does not have.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether an answer's ids end before the end of sequence.</summary>
    public bool LeavesOutEnd { get; init; }

    /// <summary>Whether errors have no "error", as in vLLM's earlier versions.</summary>
    public bool FlatErrors { get; init; }

    /// <summary>How tokens are spelt; null: as the tokenizer does.</summary>
    public Func<int, string>? Spelling { get; init; }

    /// <summary>Changes a log-probability that is told: by place, id and value.</summary>
    public Func<int, int, double, double>? Log { get; init; }

    /// <summary>How many places of the prompt are left out of the lists.</summary>
    public int Drop { get; init; }

    /// <summary>The faults that come at random.</summary>
    public ServerFaultKind[] Faults { get; init; } = [];

    /// <summary>How often one comes.</summary>
    public double FaultRate { get; init; }

    /// <summary>Decides which requests fail.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What is answered in place of everything else: a status and a body; by the request's key.</summary>
    public Func<string?, (int Status, string Body)?>? Instead { get; init; }

    /// <summary>How long no port is open.</summary>
    public TimeSpan StartsAfter { get; init; }

    /// <summary>How long each completion takes at least.</summary>
    public TimeSpan Delay { get; init; }
}
