using System.Runtime.CompilerServices;

namespace Urial;

/// <summary>The merges of byte-pair encoding: for two neighbouring ids, how early they are joined and what they become.</summary>
internal sealed class MergeTable
{
    private (ulong Pair, int Rank, int Id)[] _slots; // the pair is 0 where free
    private int _count;

    /// <summary>An empty table with room for as many merges.</summary>
    public MergeTable(int room = 0)
    {
        var size = 1 << 8;
        while (2L * size < 3L * room)
            size *= 2;
        _slots = new (ulong, int, int)[size];
    }

    /// <summary>Adds a merge; one that is there already takes the new rank.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set(int left, int right, int rank, int id)
    {
        if (3L * (_count + 1) > 2L * _slots.Length)
        {
            var old = _slots;
            _slots = new (ulong, int, int)[2 * old.Length];
            foreach (var merge in old)
                if (merge.Pair != 0)
                    _slots[Slot(merge.Pair)] = merge;
        }
        var pair = Pair(left, right);
        ref var slot = ref _slots[Slot(pair)];
        if (slot.Pair == 0)
            _count++;
        slot = (pair, rank, id);
    }

    /// <summary>Finds the merge of two ids.</summary>
    public bool TryGet(int left, int right, out int rank, out int id)
    {
        (var pair, rank, id) = _slots[Slot(Pair(left, right))];
        return pair != 0;
    }

    private static ulong Pair(int left, int right) => ((ulong)(uint)left << 32 | (uint)right) + 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Slot(ulong pair)
    {
        var mask = _slots.Length - 1;
        // Multiplication by 2^64 divided by the golden ratio spreads pairs of small numbers over the high bits.
        var slot = (int)(pair * 0x9E3779B97F4A7C15 >> 33) & mask;
        while (_slots[slot].Pair is var other && other != 0 && other != pair)
            slot = (slot + 1) & mask;
        return slot;
    }
}
