namespace Urial;

/// <summary>A prompt as it is sent, and how its answer ends.</summary>
/// <param name="Text">
/// The whole text. Unless it <see cref="SpellsSpecialTokens"/>, the tokens that a tokenizer puts before every text (a beginning of
/// sequence) are not in it: <see cref="Encode"/> adds them.
/// </param>
/// <param name="Stop">Strings that end the answer; they are no part of it. Empty where the model's end of sequence is all there is.</param>
/// <param name="Provenance">Where the prompt comes from, in words: style, file and its hash, number of examples.</param>
public sealed record PromptText(string Text, IReadOnlyList<string> Stop, string Provenance)
{
    private readonly IReadOnlyList<PromptPart> _parts = [new PromptPart(PromptPartKind.Frame, Text)];

    /// <summary>The text in parts, in order; together they are the text.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public IReadOnlyList<PromptPart> Parts
    {
        get => _parts;
        init => _parts = string.Concat(value.Select(part => part.Text)) == Text
            ? value
            : throw new ArgumentException($"The parts have {value.Sum(part => part.Text.Length)} characters and are not the prompt's "
                + $"text, which has {Text.Length}.", nameof(value));
    }

    /// <summary>What closes the answer in its frame, beside the stop strings: the line of its fence. Null where nothing does.</summary>
    public string? Closing { get; init; }

    /// <summary>Whether the text spells out its special tokens, as a chat template's does; nothing is then put before it.</summary>
    public bool SpellsSpecialTokens { get; init; }

    /// <summary>
    /// The ids that the model reads: the tokenizer's leading special tokens, unless the text spells its own, and the text's.
    /// </summary>
    public int[] Encode(HfTokenizer tokenizer) =>
        SpellsSpecialTokens ? tokenizer.Encode(Text) : [.. tokenizer.LeadingIds, .. tokenizer.Encode(Text)];

    /// <summary>The prompt for a model that answers it: its ids, and what ends the answer.</summary>
    public PromptTokens Tokens(HfTokenizer tokenizer) => new(Encode(tokenizer)) { Stop = Stop, Closing = Closing };

    /// <summary>The text with the tokenizer's leading special tokens spelt out, so that it alone says what the model reads.</summary>
    public string Spelled(HfTokenizer tokenizer) =>
        SpellsSpecialTokens ? Text : string.Concat(tokenizer.LeadingIds.Select(tokenizer.RawToken)) + Text;

    /// <summary>What each part costs.</summary>
    public PromptCost Cost(HfTokenizer tokenizer) => PromptCost.Of(this, tokenizer);
}
