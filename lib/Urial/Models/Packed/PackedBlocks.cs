using System.Collections.Concurrent;

namespace Urial;

/// <summary>Blocks of keys and values, to be used again: a text takes some and gives them back.</summary>
/// <param name="length">Floats of a block.</param>
internal sealed class PackedBlocks(int length) : IDisposable
{
    // Floats that may lie idle: 16 MB.
    private const int MostIdle = 1 << 22;

    private readonly ConcurrentBag<Block> _idle = [];

    /// <summary>A block with one user; what stands in it has no meaning.</summary>
    public Block Take()
    {
        var block = _idle.TryTake(out var used) ? used : new Block(new NativeFloats(length, clear: false));
        block.Users = 1;
        return block;
    }

    /// <summary>A copy with one user.</summary>
    public unsafe Block Copy(Block source)
    {
        var copy = Take();
        new ReadOnlySpan<float>(source.Floats.Start, length).CopyTo(new Span<float>(copy.Floats.Start, length));
        return copy;
    }

    /// <summary>Counts a user less; a block that nobody uses any more waits for the next.</summary>
    public void Return(Block block)
    {
        if (Interlocked.Decrement(ref block.Users) > 0)
            return;
        if ((long)(_idle.Count + 1) * length <= MostIdle)
            _idle.Add(block);
        else
            block.Floats.Dispose();
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var block))
            block.Floats.Dispose();
    }

    /// <summary>A block, and how many texts hold it.</summary>
    internal sealed class Block(NativeFloats floats)
    {
        public int Users;

        public NativeFloats Floats => floats;
    }
}
