using System.Text;
using System.Text.RegularExpressions;

namespace Urial.MicroWorld;

/// <summary>
/// Learns a byte-level byte-pair encoding: starts from the 256 bytes and keeps merging the most frequent neighbouring pair
/// (Sennrich et al., arXiv 1508.07909; words are cut as GPT-2 cuts them). Ties go to the pair that sorts first, so that
/// the result depends on the text alone.
/// </summary>
internal sealed partial class BpeTrainer
{
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Counts the words of <paramref name="text"/>.</summary>
    public void Add(string text)
    {
        foreach (var match in WordPattern().EnumerateMatches(text))
        {
            var word = text.Substring(match.Index, match.Length);
            _counts[word] = _counts.GetValueOrDefault(word) + 1;
        }
    }

    /// <summary>Learns merges until the vocabulary is full.</summary>
    /// <param name="size">Tokens in all: special tokens, 256 bytes, one per merge.</param>
    /// <param name="specials">Special tokens, which take the first ids.</param>
    /// <returns>The vocabulary (index = id, in GPT-2's byte alphabet) and the merges in order.</returns>
    /// <exception cref="ArgumentException">The size leaves no room for the bytes and the special tokens.</exception>
    public (IReadOnlyList<string> Vocabulary, IReadOnlyList<(string Left, string Right)> Merges) Train(int size,
        IReadOnlyList<string> specials)
    {
        if (size < 256 + specials.Count)
            throw new ArgumentException($"A vocabulary of {size} cannot hold 256 bytes and {specials.Count} special tokens.", nameof(size));
        var vocabulary = specials.Concat(Enumerable.Range(0, 256).Select(b => ByteAlphabet.Char((byte)b).ToString())).ToList();
        var merges = new List<(string, string)>();
        var words = _counts.OrderBy(w => w.Key, StringComparer.Ordinal)
            .Select(w => (Symbols: Encoding.UTF8.GetBytes(w.Key).Select(b => specials.Count + b).ToList(), Count: w.Value)).ToList();
        var pairs = new Dictionary<(int, int), int>();
        var where = new Dictionary<(int, int), HashSet<int>>();
        for (var w = 0; w < words.Count; w++)
            Count(w, +1);
        while (vocabulary.Count < size && pairs.Count > 0)
        {
            var best = Best();
            if (pairs[best] < 2)
                break;
            var merged = vocabulary.Count;
            merges.Add((vocabulary[best.Left], vocabulary[best.Right]));
            vocabulary.Add(vocabulary[best.Left] + vocabulary[best.Right]);
            foreach (var w in where[best].ToArray())
            {
                Count(w, -1);
                Merge(words[w].Symbols, best, merged);
                Count(w, +1);
            }
        }
        return (vocabulary, merges);

        void Count(int w, int sign)
        {
            var (symbols, count) = words[w];
            for (var i = 0; i + 1 < symbols.Count; i++)
            {
                var pair = (symbols[i], symbols[i + 1]);
                var total = pairs.GetValueOrDefault(pair) + sign * count;
                if (total > 0) pairs[pair] = total;
                else pairs.Remove(pair);
                if (!where.TryGetValue(pair, out var set))
                    where[pair] = set = [];
                if (sign > 0) set.Add(w);
                else set.Remove(w);
            }
        }

        (int Left, int Right) Best()
        {
            var best = default((int, int));
            var most = 0;
            foreach (var (pair, count) in pairs)
                if (count > most || count == most && pair.CompareTo(best) < 0)
                    (best, most) = (pair, count);
            return best;
        }
    }

    private static void Merge(List<int> symbols, (int Left, int Right) pair, int merged)
    {
        var to = 0;
        for (var from = 0; from < symbols.Count; from++)
        {
            var hit = from + 1 < symbols.Count && symbols[from] == pair.Left && symbols[from + 1] == pair.Right;
            symbols[to++] = hit ? merged : symbols[from];
            if (hit) from++;
        }
        symbols.RemoveRange(to, symbols.Count - to);
    }

    // GPT-2's word pattern, as tokenizers' ByteLevel pre-tokenizer applies it.
    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex WordPattern();
}
