namespace Urial;

/// <summary>
/// Writes the letter that stands for a space as a space; where Metaspace put one before the text, the first token loses its own.
/// </summary>
/// <param name="replacement">The letter.</param>
/// <param name="prepend">Where a space was put.</param>
internal sealed class MetaspaceDecoder(string replacement, PrependScheme prepend) : IDecoder
{
    /// <inheritdoc/>
    public List<string> Decode(List<string> tokens) => [.. tokens.Select((token, place) =>
        token.Replace(replacement, place == 0 && prepend != PrependScheme.Never ? "" : " ", StringComparison.Ordinal))];

    /// <inheritdoc/>
    public Spelling Alone(Spelling token) => token with { Text = token.Text.Replace(replacement, " ", StringComparison.Ordinal) };
}
