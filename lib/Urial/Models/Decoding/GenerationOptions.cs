namespace Urial;

/// <summary>How an answer is decoded. The defaults are greedy decoding without a repetition penalty.</summary>
public sealed record GenerationOptions
{
    /// <summary>The most tokens of an answer, end-of-sequence included.</summary>
    public int MaxNewTokens { get; init; } = 256;

    /// <summary>0 takes the most likely token; above 0, logits are divided by it and a token is drawn.</summary>
    public double Temperature { get; init; }

    /// <summary>Draws from this many most likely tokens only; 0 keeps all.</summary>
    public int TopK { get; init; }

    /// <summary>Draws from the fewest most likely tokens whose probabilities reach this sum; 1 keeps all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Draws from tokens at least this many times as likely as the most likely one; 0 keeps all.</summary>
    public double MinP { get; init; }

    /// <summary>
    /// Makes seen tokens less likely: the logit of every token that <see cref="PenaltyScope"/> counts as seen is divided by it where
    /// positive and multiplied by it where negative (arXiv 1909.05858, as in transformers), once however often it was seen, before anything
    /// else. 1 changes nothing.
    /// </summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Which tokens count as seen: those of prompt and answer, as in transformers, or those of the answer only.</summary>
    public PenaltyScope PenaltyScope { get; init; }

    /// <summary>
    /// Draws are a function of this seed, the answer's stream (<see cref="PromptTokens.Stream"/>) and the position in the answer.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>
    /// Strings that end an answer: its text ends before the first of them, wherever token borders lie, unless it stands in a code block
    /// that the answer opened (<see cref="StopStrings"/> has the rules). One that is the spelling of a special token ends the answer at
    /// that token.
    /// </summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Whether an answer ends with an end-of-sequence token.</summary>
    public bool StopAtEos { get; init; } = true;

    /// <summary>How many answers are decoded side by side; more take more memory.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>
    /// Whether the keys and values of what all prompts begin with are computed once. The answers are the same; off, each prompt is read
    /// whole.
    /// </summary>
    public bool SharePrefix { get; init; } = true;

    /// <summary>Says what is wrong with these options, if anything is.</summary>
    /// <exception cref="UrialException">A number is out of its range, or a stop string is empty.</exception>
    public void Check()
    {
        Need(MaxNewTokens >= 1, nameof(MaxNewTokens), MaxNewTokens, "1 or more");
        Need(double.IsFinite(Temperature) && Temperature >= 0, nameof(Temperature), Temperature, "0 (greedy) or more");
        Need(TopK >= 0, nameof(TopK), TopK, "0 (all tokens) or more");
        Need(TopP > 0 && TopP <= 1, nameof(TopP), TopP, "above 0 and at most 1");
        Need(MinP >= 0 && MinP <= 1, nameof(MinP), MinP, "between 0 and 1");
        Need(double.IsFinite(RepetitionPenalty) && RepetitionPenalty > 0, nameof(RepetitionPenalty), RepetitionPenalty,
            "above 0; 1 changes nothing");
        Need(BatchSize >= 1, nameof(BatchSize), BatchSize, "1 or more");
        StopStrings.Check(Stop);
    }

    private static void Need(bool right, string name, double value, string range)
    {
        if (!right)
            throw new UrialException(FormattableString.Invariant($"{name} is {value}, and it should be {range}."));
    }
}
