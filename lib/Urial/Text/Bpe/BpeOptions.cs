namespace Urial;

/// <summary>What a tokenizer.json says of its BPE model beside vocabulary and merges.</summary>
internal sealed record BpeOptions
{
    /// <summary>
    /// Stands for a character outside the vocabulary; without it such a character is left out, as in Hugging Face tokenizers.
    /// </summary>
    public int? UnknownId { get; init; }

    /// <summary>Whether neighbouring unknown characters become one token.</summary>
    public bool FuseUnknown { get; init; }

    /// <summary>
    /// Whether a character outside the vocabulary becomes its UTF-8 bytes, as the tokens <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>.
    /// </summary>
    public bool ByteFallback { get; init; }

    /// <summary>Whether a word that is a token is that token, whatever the merges say (<c>ignore_merges</c>).</summary>
    public bool WholeWordsFirst { get; init; }
}
