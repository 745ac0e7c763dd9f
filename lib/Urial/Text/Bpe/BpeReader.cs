using System.Text;
using System.Text.Json;

namespace Urial;

/// <summary>
/// Reads vocabulary and merges of a BPE model as they stream by: they are nearly all of a tokenizer.json, which may have 30 MB.
/// </summary>
internal static class BpeReader
{
    /// <summary>Reads the object of tokens and ids.</summary>
    /// <param name="json">The file, for errors.</param>
    /// <param name="value">Its part that is the vocabulary.</param>
    /// <exception cref="UrialException">It is no object of tokens and ids, or a token is there twice.</exception>
    public static TokenTable Vocabulary(TokenizerJson json, ReadOnlySpan<byte> value)
    {
        var table = new TokenTable();
        var reader = new Utf8JsonReader(value);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw json.Wrong("vocab", "an object", Encoding.UTF8.GetString(value));
        var token = new byte[256];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var length = Copy(json, ref reader, ref token, 0);
            reader.Read();
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var id) || id < 0)
                throw json.Wrong($"the id of {Encoding.UTF8.GetString(token, 0, length)}", "a whole number of at least 0",
                    Encoding.UTF8.GetString(value[(int)reader.TokenStartIndex..]));
            if (!table.TryAdd(token.AsSpan(0, length), id))
                throw json.Error($"gives the token \"{Encoding.UTF8.GetString(token, 0, length)}\" two ids in its vocabulary");
        }
        return table.Count > 0 ? table : throw json.Error("has an empty vocabulary");
    }

    /// <summary>Reads the list of merges, each as <c>"a b"</c> or as <c>["a", "b"]</c>, in the order of their rank.</summary>
    /// <param name="json">The file, for errors.</param>
    /// <param name="value">Its part that is the list.</param>
    /// <param name="vocabulary">The tokens that merges name.</param>
    /// <exception cref="UrialException">It is no such list, or names a token outside the vocabulary.</exception>
    public static MergeTable Merges(TokenizerJson json, ReadOnlySpan<byte> value, TokenTable vocabulary)
    {
        var merges = new MergeTable();
        var reader = new Utf8JsonReader(value);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw json.Wrong("merges", "a list", Encoding.UTF8.GetString(value));
        var pair = new byte[256]; // the two halves, one after the other: together they spell the result
        var rank = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            var (left, right) = reader.TokenType == JsonTokenType.StartArray
                ? ListHalves(json, ref reader, ref pair)
                : TextHalves(json, ref reader, ref pair);
            if (left < 0)
                throw json.Error(
                    $"is wrong: a merge must be two tokens, not {ShortText.Of(Encoding.UTF8.GetString(value[start..]), 60)}");
            // A first line that names the format, from merges.txt, is no merge.
            if (rank == 0 && pair.AsSpan(0, left).SequenceEqual("#version:"u8))
                continue;
            merges.Set(Id(0, left), Id(left, right), rank, Id(0, left + right));
            rank++;

            int Id(int from, int length) => vocabulary.Find(pair.AsSpan(from, length)) is >= 0 and var id
                ? id
                : throw json.Error($"is inconsistent: merge {rank + 1} (\"{Text(0, left)}\", \"{Text(left, right)}\") needs the token "
                    + $"\"{Text(from, length)}\", which is not in the vocabulary");

            string Text(int from, int length) => Encoding.UTF8.GetString(pair, from, length);
        }
        return merges;
    }

    // Lengths of both halves, or -1.
    private static (int Left, int Right) ListHalves(TokenizerJson json, ref Utf8JsonReader reader, ref byte[] pair)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.String)
            return (-1, 0);
        var left = Copy(json, ref reader, ref pair, 0);
        if (!reader.Read() || reader.TokenType != JsonTokenType.String)
            return (-1, 0);
        var right = Copy(json, ref reader, ref pair, left);
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray ? (left, right) : (-1, 0);
    }

    private static (int Left, int Right) TextHalves(TokenizerJson json, ref Utf8JsonReader reader, ref byte[] pair)
    {
        if (reader.TokenType != JsonTokenType.String)
            return (-1, 0);
        var length = Copy(json, ref reader, ref pair, 0);
        var left = pair.AsSpan(0, length).IndexOf((byte)' ');
        if (left < 0 || pair.AsSpan(left + 1, length - left - 1).Contains((byte)' '))
            return (-1, 0);
        var right = length - left - 1;
        pair.AsSpan(left + 1, right).CopyTo(pair.AsSpan(left));
        return (left, right);
    }

    private static int Copy(TokenizerJson json, ref Utf8JsonReader reader, ref byte[] target, int at)
    {
        if (at + reader.ValueSpan.Length > target.Length)
            Array.Resize(ref target, 2 * (at + reader.ValueSpan.Length));
        try
        {
            return reader.CopyString(target.AsSpan(at));
        }
        catch (InvalidOperationException)
        {
            throw json.Error($"holds text that is no Unicode: {ShortText.Of(Encoding.UTF8.GetString(reader.ValueSpan), 60)}");
        }
    }
}
