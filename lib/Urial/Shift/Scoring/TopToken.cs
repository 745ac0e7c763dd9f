namespace Urial;

/// <summary>One of a model's most probable next tokens at a position.</summary>
/// <param name="Id">Token id.</param>
/// <param name="Probability">Its probability over the whole vocabulary, 0 to 1.</param>
public readonly record struct TopToken(int Id, double Probability)
{
    /// <summary>The token as views show it (<see cref="TokenText.Shown"/>); null where the vocabulary was not at hand.</summary>
    public string? Shown { get; init; }

    /// <summary>What a token is shown as: real models know more ids than their tokenizer, since embeddings are padded.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="text">The token; null where the tokenizer has none of that id.</param>
    internal static string Name(int id, TokenText? text) => text?.Shown ?? FormattableString.Invariant($"⟨id {id}⟩");
}
