using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Urial;

/// <summary>
/// Tokens and their ids. They lie as UTF-8 in one block with a hash table over it: a quarter of a million strings would take several
/// times the room and the time.
/// </summary>
internal sealed class TokenTable
{
    private const int Header = 2 * sizeof(int); // before each token: its id, its length in bytes
    private byte[] _block = new byte[1 << 16];
    private int _used; // bytes
    private int _modelEnd; // bytes
    private (int Hash, int Place)[] _slots = new (int, int)[1 << 12]; // the place is 0 where free, else 1 + the token's offset in the block
    private int[] _places = []; // [largest id + 1] the same

    /// <summary>How many tokens there are.</summary>
    public int Count { get; private set; }

    /// <summary>The largest id, or -1 where there is no token.</summary>
    public int LargestId { get; private set; } = -1;

    /// <summary>Whether ids are those of a vocabulary with a few holes. One far beyond the number of tokens is a damaged file's.</summary>
    public bool IsDense => LargestId <= 16L * Count + 1024;

    /// <summary>One more than the largest id, or 0 before <see cref="Complete"/>.</summary>
    public int Size => _places.Length;

    /// <summary>Makes room for as many tokens, so that adding them moves nothing.</summary>
    public void Reserve(int tokens)
    {
        var size = _slots.Length;
        while (3L * size < 4L * tokens)
            size *= 2;
        Resize(size);
    }

    /// <summary>Adds a token. False, and nothing added, where it is there already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryAdd(ReadOnlySpan<byte> token, int id)
    {
        if (4L * (Count + 1) > 3L * _slots.Length)
            Resize(2 * _slots.Length);
        var hash = Hash(token);
        ref var slot = ref _slots[Slot(token, hash)];
        if (slot.Place != 0)
            return false;
        var end = checked(_used + Header + token.Length);
        if (end > _block.Length)
            Array.Resize(ref _block, Math.Max(2 * _block.Length, end));
        BinaryPrimitives.WriteInt32LittleEndian(_block.AsSpan(_used), id);
        BinaryPrimitives.WriteInt32LittleEndian(_block.AsSpan(_used + sizeof(int)), token.Length);
        token.CopyTo(_block.AsSpan(_used + Header));
        slot = (hash, 1 + _used);
        _used = end;
        Count++;
        LargestId = Math.Max(LargestId, id);
        return true;
    }

    /// <inheritdoc cref="TryAdd(ReadOnlySpan{byte}, int)"/>
    public bool TryAdd(string token, int id) => TryAdd(Encoding.UTF8.GetBytes(token), id);

    /// <summary>Makes ids known, after the last token was added.</summary>
    /// <returns>Two tokens that have the same id, or null where every id is one token's.</returns>
    public (string First, string Second)? Complete()
    {
        _places = new int[LargestId + 1];
        for (var offset = 0; offset < _used; offset += Header + Token(offset).Length)
        {
            ref var place = ref _places[Id(offset)];
            if (place != 0)
                return (Encoding.UTF8.GetString(Token(place - 1)), Encoding.UTF8.GetString(Token(offset)));
            place = 1 + offset;
        }
        return null;
    }

    /// <summary>Makes the tokens so far those of the model: added ones are none of them.</summary>
    public void EndModel() => _modelEnd = _used;

    /// <summary>The id of a token given in UTF-8, or -1.</summary>
    public int Find(ReadOnlySpan<byte> token) => Find(token, _used);

    /// <summary>The id of a token of the model, given in UTF-8, or -1.</summary>
    public int FindInModel(ReadOnlySpan<byte> token) => Find(token, _modelEnd);

    /// <summary>The id of a token, or -1.</summary>
    public int Find(ReadOnlySpan<char> token) => Find(token, _used);

    /// <summary>The id of a token of the model, or -1.</summary>
    public int FindInModel(ReadOnlySpan<char> token) => Find(token, _modelEnd);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Find(ReadOnlySpan<byte> token, int end) =>
        _slots[Slot(token, Hash(token))].Place is > 0 and var place && place <= end ? Id(place - 1) : -1;

    private int Find(ReadOnlySpan<char> token, int end)
    {
        var rented = token.Length > 128 ? ArrayPool<byte>.Shared.Rent(3 * token.Length) : null;
        var bytes = rented ?? stackalloc byte[3 * 128];
        var id = Find(bytes[..Encoding.UTF8.GetBytes(token, bytes)], end);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return id;
    }

    /// <summary>Whether an id is a certain token's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool IsAt(int id, ReadOnlySpan<byte> token) => Contains(id) && Utf8(id).SequenceEqual(token);

    /// <summary>Whether an id is a token's.</summary>
    public bool Contains(int id) => id >= 0 && id < _places.Length && _places[id] > 0;

    /// <summary>The spelling of a token, in UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8(int id) => Token(_places[id] - 1);

    private int Id(int offset) => BinaryPrimitives.ReadInt32LittleEndian(_block.AsSpan(offset));

    private ReadOnlySpan<byte> Token(int offset) =>
        _block.AsSpan(offset + Header, BinaryPrimitives.ReadInt32LittleEndian(_block.AsSpan(offset + sizeof(int))));

    // Where the token is, or the free slot where it would be.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Slot(ReadOnlySpan<byte> token, int hash)
    {
        var mask = _slots.Length - 1;
        var slot = hash & mask;
        while (_slots[slot] is { Place: > 0 } other && !(other.Hash == hash && Token(other.Place - 1).SequenceEqual(token)))
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Resize(int size)
    {
        var old = _slots;
        _slots = new (int, int)[size];
        foreach (var entry in old)
        {
            if (entry.Place == 0)
                continue;
            var slot = entry.Hash & (size - 1);
            while (_slots[slot].Place != 0)
                slot = (slot + 1) & (size - 1);
            _slots[slot] = entry;
        }
    }

    private static int Hash(ReadOnlySpan<byte> token)
    {
        var hash = new HashCode();
        hash.AddBytes(token);
        return hash.ToHashCode();
    }
}
