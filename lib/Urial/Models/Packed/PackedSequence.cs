namespace Urial;

/// <summary>
/// The keys and values of one text, in blocks of 64 positions. A block that is full is never written again, so that texts with the same
/// beginning share its blocks.
/// </summary>
/// <param name="source">Where its blocks come from and go to.</param>
internal sealed class PackedSequence(PackedBlocks source) : IDisposable
{
    /// <summary>Positions of a block.</summary>
    public const int BlockSize = PanelKernel.Width;

    private readonly List<PackedBlocks.Block> _blocks = [];
    private readonly PackedBlocks _source = source;

    /// <summary>Positions held.</summary>
    public int Length { get; private set; }

    /// <summary>A text that goes on where the first positions of another end.</summary>
    /// <param name="other">It may go on for itself.</param>
    /// <param name="length">How many of its positions.</param>
    public static PackedSequence Begin(PackedSequence other, int length)
    {
        var begun = new PackedSequence(other._source) { Length = length };
        foreach (var block in other._blocks.Take(length / BlockSize))
        {
            Interlocked.Increment(ref block.Users);
            begun._blocks.Add(block);
        }
        if (length % BlockSize > 0)
            begun._blocks.Add(other._source.Copy(other._blocks[length / BlockSize]));
        return begun;
    }

    /// <summary>Where a block stands in memory; it stays there.</summary>
    public unsafe float* Block(int index) => _blocks[index].Floats.Start;

    /// <summary>Makes room for positions to come.</summary>
    public void Reserve(int more)
    {
        while (_blocks.Count * BlockSize < Length + more)
            _blocks.Add(_source.Take());
    }

    /// <summary>Counts positions as held, once every layer has written them.</summary>
    public void Advance(int positions) => Length += positions;

    /// <summary>Gives the blocks back.</summary>
    public void Dispose()
    {
        _blocks.ForEach(_source.Return);
        _blocks.Clear();
        Length = 0;
    }
}
