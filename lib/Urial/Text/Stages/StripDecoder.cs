namespace Urial;

/// <summary>Takes a few letters off both ends of each text: of the whole, where <see cref="FuseDecoder"/> came before.</summary>
/// <param name="content">The letter.</param>
/// <param name="start">How many at most at the beginning.</param>
/// <param name="stop">How many at most at the end.</param>
internal sealed class StripDecoder(char content, int start, int stop) : IDecoder
{
    /// <inheritdoc/>
    public List<string> Decode(List<string> tokens) => tokens.ConvertAll(Strip);

    private string Strip(string text)
    {
        var (first, last) = (0, text.Length);
        while (first < last && first < start && text[first] == content)
            first++;
        while (last > first && text.Length - last < stop && text[last - 1] == content)
            last--;
        return text[first..last];
    }
}
