namespace Urial;

/// <summary>The merges of byte-pair encoding: for two neighbouring ids, how early they are joined and what they become.</summary>
internal sealed class MergeTable
{
    private const ulong Free = ulong.MaxValue; // no pair: ids are non-negative
    private (ulong Pair, int Rank, int Id)[] _slots = NewSlots(1 << 12);
    private int _count;

    /// <summary>Adds a merge; one that is there already takes the new rank.</summary>
    public void Set(int left, int right, int rank, int id)
    {
        if (3 * _count >= 2 * _slots.Length)
        {
            var old = _slots;
            _slots = NewSlots(2 * old.Length);
            foreach (var merge in old)
                if (merge.Pair != Free)
                    _slots[Slot(merge.Pair)] = merge;
        }
        var pair = Pair(left, right);
        var slot = Slot(pair);
        if (_slots[slot].Pair == Free)
            _count++;
        _slots[slot] = (pair, rank, id);
    }

    /// <summary>Finds the merge of two ids.</summary>
    public bool TryGet(int left, int right, out int rank, out int id)
    {
        (var pair, rank, id) = _slots[Slot(Pair(left, right))];
        return pair != Free;
    }

    private static ulong Pair(int left, int right) => (ulong)(uint)left << 32 | (uint)right;

    private int Slot(ulong pair)
    {
        var mask = _slots.Length - 1;
        // Multiplication by 2^64 divided by the golden ratio spreads pairs of small numbers over the high bits.
        var slot = (int)(pair * 0x9E3779B97F4A7C15 >> 33) & mask;
        while (_slots[slot].Pair != Free && _slots[slot].Pair != pair)
            slot = (slot + 1) & mask;
        return slot;
    }

    private static (ulong, int, int)[] NewSlots(int size)
    {
        var slots = new (ulong, int, int)[size];
        Array.Fill(slots, (Free, 0, 0));
        return slots;
    }
}
