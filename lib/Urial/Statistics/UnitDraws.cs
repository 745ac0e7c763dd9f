namespace Urial;

/// <summary>
/// The units that a bootstrap draws, one after the other: those of <c>new Random(seed).Next(units)</c>. A table asks for dozens of
/// statistics of the same resamples, so draws are kept for the next who wants the same ones.
/// </summary>
internal sealed class UnitDraws
{
    private const int Chunk = 1 << 14;
    private const long MostKept = 1 << 21; // draws of one stream: 8 MB
    private const int MostStreams = 4;

    private static readonly List<Stream> Kept = [];

    private readonly Stream _stream;
    private int[] _draws = [];
    private int _at;
    private int _chunks;

    private UnitDraws(Stream stream) => _stream = stream;

    /// <summary>The draws from the beginning.</summary>
    /// <param name="units">How many units there are.</param>
    /// <param name="resamples">How often as many as that are drawn, about.</param>
    /// <param name="seed">The draws' seed.</param>
    public static UnitDraws Of(int units, int resamples, int seed)
    {
        if ((long)units * resamples > MostKept)
            return new UnitDraws(new Stream(units, seed, keeps: false));
        lock (Kept)
        {
            var place = Kept.FindIndex(stream => stream.Units == units && stream.Seed == seed);
            var found = place < 0 ? new Stream(units, seed, keeps: true) : Kept[place];
            if (place >= 0)
                Kept.RemoveAt(place);
            else if (Kept.Count == MostStreams)
                Kept.RemoveAt(0);
            Kept.Add(found); // the last used is the last to go
            return new UnitDraws(found);
        }
    }

    /// <summary>The next unit, from 0.</summary>
    public int Next()
    {
        if (_at == _draws.Length)
            (_draws, _at) = (_stream.Read(_chunks++), 0);
        return _draws[_at++];
    }

    private sealed class Stream(int units, int seed, bool keeps)
    {
        private readonly Random _random = new(seed);
        private readonly List<int[]> _chunks = [];

        public int Units => units;

        public int Seed => seed;

        /// <summary>A chunk of draws; of a stream that keeps none, the next one.</summary>
        public int[] Read(int number)
        {
            lock (_chunks)
            {
                if (!keeps)
                    return Draw();
                while (_chunks.Count <= number)
                    _chunks.Add(Draw());
                return _chunks[number];
            }
        }

        private int[] Draw()
        {
            var draws = new int[Chunk];
            for (var i = 0; i < draws.Length; i++)
                draws[i] = _random.Next(units);
            return draws;
        }
    }
}
