using System.Collections.Concurrent;
using System.Text;

namespace Urial;

/// <summary>
/// Byte-pair encoding of single words: a word starts as one token per byte, and the neighbouring pair whose merge has the lowest rank
/// is joined, leftmost first, until no merge applies.
/// Our own rather than Microsoft.ML.Tokenizers' BpeTokenizer: that one takes a regular expression over UTF-16, which sees no letters
/// outside the basic plane, and cannot put added tokens with strip flags before the words.
/// </summary>
internal sealed class BytePairEncoder
{
    private const int LongestCachedWord = 64; // UTF-16 units
    private const int LargestCache = 1 << 16; // words
    private readonly int?[] _byteIds = new int?[256];
    private readonly Dictionary<(int Left, int Right), (int Rank, int Id)> _merges;
    private readonly Dictionary<string, int>? _wholeWords;
    private readonly int? _unknownId;
    private readonly bool _fuseUnknown;
    private readonly ConcurrentDictionary<string, int[]> _cache = new(StringComparer.Ordinal);
    private int _cached;

    /// <param name="vocabulary">Ids of byte-level strings.</param>
    /// <param name="merges">Rank and resulting id of each pair of ids.</param>
    /// <param name="unknownId">
    /// Stands for a byte outside the vocabulary; without it such a byte is left out, as in Hugging Face tokenizers.
    /// </param>
    /// <param name="fuseUnknown">Whether neighbouring unknown bytes become one token.</param>
    /// <param name="wholeWordsFirst">Whether a word that is a token is that token, whatever the merges say (<c>ignore_merges</c>).</param>
    public BytePairEncoder(
        Dictionary<string, int> vocabulary,
        Dictionary<(int Left, int Right), (int Rank, int Id)> merges,
        int? unknownId,
        bool fuseUnknown,
        bool wholeWordsFirst)
    {
        for (var value = 0; value < 256; value++)
            _byteIds[value] = vocabulary.TryGetValue(ByteAlphabet.Char((byte)value).ToString(), out var id) ? id : null;
        _merges = merges;
        _wholeWords = wholeWordsFirst ? vocabulary : null;
        _unknownId = unknownId;
        _fuseUnknown = fuseUnknown;
    }

    /// <summary>Appends a word's ids.</summary>
    public void Encode(ReadOnlySpan<char> word, List<int> ids)
    {
        if (word.Length > LongestCachedWord)
        {
            ids.AddRange(Merge(word));
            return;
        }
        var cache = _cache.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!cache.TryGetValue(word, out var known))
        {
            known = Merge(word);
            if (Volatile.Read(ref _cached) < LargestCache && cache.TryAdd(word, known))
                Interlocked.Increment(ref _cached);
        }
        ids.AddRange(known);
    }

    private int[] Merge(ReadOnlySpan<char> word)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(word)];
        Encoding.UTF8.GetBytes(word, bytes);
        if (_wholeWords is not null && _wholeWords.TryGetValue(ByteAlphabet.Encode(bytes), out var whole))
            return [whole];

        var ids = Start(bytes);
        var previous = new int[ids.Length];
        var next = new int[ids.Length];
        for (var i = 0; i < ids.Length; i++)
            (previous[i], next[i]) = (i - 1, i + 1);

        var queue = new PriorityQueue<(int Left, int LeftId, int RightId, int Id), (int Rank, int Position)>();
        for (var i = 0; i + 1 < ids.Length; i++)
            Offer(i);
        while (queue.TryDequeue(out var pair, out _))
        {
            var left = pair.Left;
            var right = next[left];
            // Since it was queued, either half may have gone into another merge.
            if (right >= ids.Length || ids[left] != pair.LeftId || ids[right] != pair.RightId)
                continue;
            ids[left] = pair.Id;
            ids[right] = Gone;
            next[left] = next[right];
            if (next[left] < ids.Length)
                previous[next[left]] = left;
            Offer(left);
            if (previous[left] >= 0)
                Offer(previous[left]);
        }
        return Array.FindAll(ids, id => id != Gone);

        void Offer(int left)
        {
            if (next[left] < ids.Length && _merges.TryGetValue((ids[left], ids[next[left]]), out var merge))
                queue.Enqueue((left, ids[left], ids[next[left]], merge.Id), (merge.Rank, left));
        }
    }

    private const int Gone = -1;

    private int[] Start(byte[] bytes)
    {
        var ids = new List<int>(bytes.Length);
        var lastUnknown = false;
        foreach (var value in bytes)
        {
            var id = _byteIds[value];
            if (id is { } known)
                ids.Add(known);
            else if (_unknownId is { } unknown && !(lastUnknown && _fuseUnknown))
                ids.Add(unknown);
            lastUnknown = id is null;
        }
        return [.. ids];
    }
}
