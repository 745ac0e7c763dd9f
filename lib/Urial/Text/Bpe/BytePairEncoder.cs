using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>
/// Byte-pair encoding of single words: a word starts as one token per character, and the neighbouring pair whose merge has the lowest
/// rank is joined, leftmost first, until no merge applies. In byte-level vocabularies the characters are letters that stand for bytes
/// (<see cref="ByteAlphabet"/>).
/// </summary>
internal sealed class BytePairEncoder
{
    private const int LongestCachedWord = 64; // UTF-16 units
    private const int LargestCache = 1 << 16; // words
    private const int FirstCharacters = 0x250; // looked up once: Latin letters, and those of byte-level vocabularies
    private const int Gone = -1;
    private readonly TokenTable _vocabulary;
    private readonly MergeTable _merges;
    private readonly BpeOptions _options;
    private readonly int[] _characterIds = new int[FirstCharacters];
    private readonly int[] _byteIds = new int[256]; // -1 where the vocabulary has no token for a byte
    private readonly ConcurrentDictionary<string, int[]> _cache = new(StringComparer.Ordinal);
    private int _cached;

    /// <summary>An encoder with this vocabulary and these merges.</summary>
    public BytePairEncoder(TokenTable vocabulary, MergeTable merges, BpeOptions options)
    {
        (_vocabulary, _merges, _options) = (vocabulary, merges, options);
        for (var letter = 0; letter < FirstCharacters; letter++)
            _characterIds[letter] = vocabulary.FindInModel([(char)letter]);
        for (var value = 0; value < 256; value++)
            _byteIds[value] = options.ByteFallback
                ? vocabulary.FindInModel(string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>"))
                : -1;
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
        if (_options.WholeWordsFirst && _vocabulary.FindInModel(word) is >= 0 and var whole)
            return [whole];

        var ids = Start(word);
        var previous = new int[ids.Length];
        var next = new int[ids.Length];
        for (var i = 0; i < ids.Length; i++)
            (previous[i], next[i]) = (i - 1, i + 1);

        // The priority is the rank, then the place from the left.
        var queue = new PriorityQueue<(int LeftId, int RightId, int Id), ulong>(ids.Length);
        for (var i = 0; i + 1 < ids.Length; i++)
            Offer(i);
        while (queue.TryDequeue(out var pair, out var priority))
        {
            var left = (int)(uint)priority;
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
            if (next[left] < ids.Length && _merges.TryGet(ids[left], ids[next[left]], out var rank, out var id))
                queue.Enqueue((ids[left], ids[next[left]], id), (ulong)(uint)rank << 32 | (uint)left);
        }
    }

    private int[] Start(ReadOnlySpan<char> word)
    {
        var ids = new List<int>(word.Length);
        int? unknown = null;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in word.EnumerateRunes())
        {
            var bytes = utf8[..rune.EncodeToUtf8(utf8)];
            if ((rune.Value < FirstCharacters ? _characterIds[rune.Value] : _vocabulary.FindInModel(bytes)) is >= 0 and var id)
            {
                Flush();
                ids.Add(id);
            }
            else if (_options.ByteFallback && HasAll(bytes))
                // An unknown character before stays pending and comes after these bytes: so do Hugging Face tokenizers (bpe/model.rs).
                foreach (var value in bytes)
                    ids.Add(_byteIds[value]);
            else if (!(_options.FuseUnknown && unknown is not null))
            {
                Flush();
                unknown = _options.UnknownId;
            }
        }
        Flush();
        return [.. ids];

        void Flush()
        {
            if (unknown is { } pending)
                ids.Add(pending);
            unknown = null;
        }
    }

    private bool HasAll(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            if (_byteIds[value] < 0)
                return false;
        return true;
    }
}
