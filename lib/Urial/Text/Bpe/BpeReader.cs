using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Urial;

/// <summary>
/// Reads vocabulary and merges of a BPE model as they stream by: they are nearly all of a tokenizer.json, which may have 30 MB.
/// What runs once for each of a million of them is compiled with full optimisation at once: it would be over before the runtime did so.
/// </summary>
internal sealed class BpeReader
{
    private (int Start, int Length)? _waiting; // merges that come before the vocabulary

    /// <summary>The vocabulary; null where the model has no object of this name.</summary>
    public TokenTable? Vocabulary { get; private set; }

    /// <summary>The merges; null where the model has no list of this name.</summary>
    public MergeTable? Merges { get; private set; }

    /// <summary>Reads a member of the model if it is one of the two, and leaves any other alone.</summary>
    /// <param name="json">The file.</param>
    /// <param name="reader">Stands on the member's name; in the end on the last of what was read.</param>
    /// <returns>Whether it was read.</returns>
    /// <exception cref="UrialException">A token or a merge is wrong.</exception>
    public bool TryRead(TokenizerJson json, ref Utf8JsonReader reader)
    {
        var vocabulary = reader.ValueTextEquals("vocab"u8);
        if (!vocabulary && !reader.ValueTextEquals("merges"u8))
            return false;
        var value = reader;
        value.Read();
        if (value.TokenType != (vocabulary ? JsonTokenType.StartObject : JsonTokenType.StartArray))
            return false;
        reader.Read();
        if (vocabulary)
            ReadVocabulary(json, ref reader);
        else if (Vocabulary is null)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            _waiting = (start, (int)reader.BytesConsumed - start);
        }
        else
            ReadMerges(json, ref reader, Vocabulary);
        return true;
    }

    /// <summary>Reads what could not be read when it streamed by.</summary>
    /// <exception cref="UrialException">A merge is wrong.</exception>
    public void Complete(TokenizerJson json)
    {
        if (_waiting is not var (start, length) || Vocabulary is null)
            return;
        var reader = new Utf8JsonReader(json.Content.Slice(start, length));
        reader.Read();
        ReadMerges(json, ref reader, Vocabulary);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadVocabulary(TokenizerJson json, ref Utf8JsonReader reader)
    {
        Vocabulary = new TokenTable();
        var token = new byte[256];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var length = Copy(json, ref reader, ref token, 0);
            reader.Read();
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var id) || id < 0)
                throw json.Wrong($"the id of {Encoding.UTF8.GetString(token, 0, length)}", "a whole number of at least 0",
                    json.Excerpt(reader.TokenStartIndex));
            if (!Vocabulary.TryAdd(token.AsSpan(0, length), id))
                throw json.Error($"gives the token \"{Encoding.UTF8.GetString(token, 0, length)}\" two ids in its vocabulary");
        }
        if (Vocabulary.IsDense)
            Vocabulary.Complete();
    }

    // Each merge is "a b" or ["a", "b"]; they come in the order of their rank.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadMerges(TokenizerJson json, ref Utf8JsonReader reader, TokenTable vocabulary)
    {
        Merges = new MergeTable(vocabulary.Count);
        var pair = new byte[256]; // the two halves, one after the other: together they spell the result
        var (rank, last) = (0, -1);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = reader.TokenStartIndex;
            var (left, right) = reader.TokenType == JsonTokenType.StartArray
                ? ListHalves(json, ref reader, ref pair)
                : TextHalves(json, ref reader, ref pair);
            if (left < 0)
                throw json.Error($"is wrong: a merge must be two tokens, not {json.Excerpt(start)}");
            // A first line that names the format, from merges.txt, is no merge.
            if (rank == 0 && pair.AsSpan(0, left).SequenceEqual("#version:"u8))
                continue;
            // Most files list merges in the order of what they make, so that a guess saves the search.
            if (!vocabulary.IsAt(last, pair.AsSpan(0, left + right)) && !vocabulary.IsAt(++last, pair.AsSpan(0, left + right)))
                last = Id(0, left + right);
            Merges.Set(Id(0, left), Id(left, right), rank, last);
            rank++;

            int Id(int from, int length) => vocabulary.Find(pair.AsSpan(from, length)) is >= 0 and var id
                ? id
                : throw json.Error($"is inconsistent: merge {rank + 1} (\"{Text(0, left)}\", \"{Text(left, right)}\") needs the token "
                    + $"\"{Text(from, length)}\", which is not in the vocabulary");

            string Text(int from, int length) => Encoding.UTF8.GetString(pair, from, length);
        }
    }

    // Lengths of both halves, or -1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
            throw json.Error($"holds text that is no Unicode: {json.Excerpt(reader.TokenStartIndex)}");
        }
    }
}
