namespace Urial.MicroWorld;

/// <summary>
/// A small random generator (SplitMix64) whose stream is a pure function of its seed and stream number on every machine and
/// runtime: document <c>i</c> of a corpus is the same whichever thread draws it, and after a resume.
/// </summary>
public sealed class Rng
{
    private ulong _state;

    /// <summary>The generator of a seed and a stream number, such as a document's index.</summary>
    public Rng(int seed, long stream = 0)
    {
        _state = unchecked((ulong)(uint)seed * 0x9E3779B97F4A7C15UL + 0xD1B54A32D192ED03UL);
        _state = unchecked(NextBits() ^ ((ulong)stream * 0xBF58476D1CE4E5B9UL));
        NextBits();
    }

    /// <summary>A number in [0, <paramref name="count"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive.</exception>
    public int Next(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (int)Math.BigMul(NextBits(), (ulong)count, out _);
    }

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>], both ends included.</summary>
    public int Between(int low, int high) => low + Next(high - low + 1);

    /// <summary>A number in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>One of the items, each as likely.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>An index, as likely as its weight among all.</summary>
    public int Weighted(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
            total += weight;
        var x = NextDouble() * total;
        for (var i = 0; i < weights.Length; i++)
            if ((x -= weights[i]) < 0)
                return i;
        return weights.Length - 1;
    }

    /// <summary>Different items in random order: <paramref name="count"/> of them, or all where there are fewer.</summary>
    public List<T> Sample<T>(IReadOnlyList<T> items, int count)
    {
        var pool = items.ToArray();
        count = Math.Min(count, pool.Length);
        for (var i = 0; i < count; i++)
        {
            var j = i + Next(pool.Length - i);
            (pool[i], pool[j]) = (pool[j], pool[i]);
        }
        return [.. pool.Take(count)];
    }

    private ulong NextBits()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
