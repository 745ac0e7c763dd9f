using System.Buffers;
using System.Text;

namespace Urial;

/// <summary>A character whose bytes lie in more than one token of a sequence.</summary>
/// <param name="Position">Position of the first of these tokens, from 0.</param>
/// <param name="Tokens">Number of tokens that it touches.</param>
/// <param name="Text">The character.</param>
public sealed record SplitCharacter(int Position, int Tokens, string Text)
{
    /// <summary>The split characters of a sequence of tokens, each given by its bytes.</summary>
    internal static IReadOnlyList<SplitCharacter> Find(IReadOnlyList<byte[]> tokens)
    {
        var split = new List<SplitCharacter>();
        var bytes = tokens.SelectMany(token => token).ToArray();
        var owners = tokens.SelectMany((token, position) => token.Select(_ => position)).ToArray(); // [bytes] → position
        for (var at = 0; at < bytes.Length;)
        {
            var whole = Rune.DecodeFromUtf8(bytes.AsSpan(at), out var rune, out var length) == OperationStatus.Done;
            var (first, last) = (owners[at], owners[at + length - 1]);
            if (whole && last > first)
                split.Add(new SplitCharacter(first, last - first + 1, rune.ToString()));
            at += length;
        }
        return split;
    }
}
