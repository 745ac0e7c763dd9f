using System.Text;

namespace Urial;

/// <summary>Writes something else wherever a pattern matches: a normaliser and a decoder.</summary>
/// <param name="pattern">Finds the places.</param>
/// <param name="content">What is written there.</param>
internal sealed class ReplaceStage(IPattern pattern, string content) : IDecoder
{
    /// <summary>A text with its places replaced.</summary>
    public string Replace(string text)
    {
        var found = pattern.Find(text);
        if (found.Count == 0)
            return text;
        var replaced = new StringBuilder(text.Length);
        var done = 0;
        foreach (var (start, end) in found)
        {
            replaced.Append(text, done, start - done).Append(content);
            done = end;
        }
        return replaced.Append(text, done, text.Length - done).ToString();
    }

    /// <inheritdoc/>
    public List<string> Decode(List<string> tokens) => tokens.ConvertAll(Replace);

    /// <inheritdoc/>
    public Spelling Alone(Spelling token) => token with { Text = Replace(token.Text) };
}
