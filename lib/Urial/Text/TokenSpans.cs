using System.Text;

namespace Urial;

/// <summary>Maps byte-level tokens to the characters of their text.</summary>
public static class TokenSpans
{
    /// <summary>
    /// The text of tokens and each token's characters in it. Where several tokens share a character, each spans all of it; bytes that
    /// are no character become U+FFFD. Special tokens, and ids that the tokenizer does not know, have no text and an empty span.
    /// </summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="ids">The tokens.</param>
    /// <param name="silent">Further tokens without text, by their place; null: none.</param>
    public static (string Text, (int Start, int End)[] Spans) Of(
        HfTokenizer tokenizer, IReadOnlyList<int> ids, Func<int, bool>? silent = null)
    {
        return Of([.. ids.Select((id, place) => silent?.Invoke(place) == true ? [] : Spelling(id))]);

        byte[] Spelling(int id) => tokenizer.Contains(id) && !tokenizer.IsSpecial(id) ? [.. tokenizer.Bytes(id)] : [];
    }

    /// <summary>The same of tokens whose bytes are known; of a special token none.</summary>
    internal static (string Text, (int Start, int End)[] Spans) Of(IReadOnlyList<byte[]> tokens)
    {
        var bytes = new List<byte>();
        var ends = new int[tokens.Count];
        for (var i = 0; i < tokens.Count; i++)
        {
            bytes.AddRange(tokens[i]);
            ends[i] = bytes.Count;
        }
        var text = new StringBuilder();
        var characters = new (int Start, int End)[bytes.Count];
        ReadOnlySpan<byte> rest = [.. bytes];
        for (var at = 0; !rest.IsEmpty;)
        {
            Rune.DecodeFromUtf8(rest, out var rune, out var length);
            for (var i = 0; i < length; i++)
                characters[at + i] = (text.Length, text.Length + rune.Utf16SequenceLength);
            text.Append(rune.ToString());
            at += length;
            rest = rest[length..];
        }
        var spans = new (int Start, int End)[tokens.Count];
        for (var (i, start) = (0, 0); i < tokens.Count; start = ends[i++])
            spans[i] = start < ends[i] ? (characters[start].Start, characters[ends[i] - 1].End)
                : start == 0 ? (0, 0) : (characters[start - 1].End, characters[start - 1].End);
        return (text.ToString(), spans);
    }
}
