using System.Buffers;
using System.Text;

namespace Urial;

/// <summary>
/// Tokens and their ids. The spellings lie as UTF-8 in one block with a hash table over it: a quarter of a million strings would take
/// several times the room and the time.
/// </summary>
internal sealed class TokenTable
{
    private byte[] _text = new byte[1 << 16];
    private int[] _starts = new int[1 << 12]; // [tokens + 1] where in the block each token starts, in the order of adding
    private int[] _ids = new int[1 << 12]; // [tokens]
    private int[] _hashes = new int[1 << 12]; // [tokens]
    private int[] _slots = new int[1 << 13]; // 0 or 1 + the token's place
    private int[] _places = []; // [largest id + 1] 0 or 1 + the token's place

    /// <summary>How many tokens there are.</summary>
    public int Count { get; private set; }

    /// <summary>One more than the largest id; 0 before <see cref="Complete"/>.</summary>
    public int Size => _places.Length;

    /// <summary>Adds a token. False, and nothing added, where it is there already.</summary>
    public bool TryAdd(ReadOnlySpan<byte> token, int id)
    {
        var hash = Hash(token);
        var slot = Slot(token, hash);
        if (_slots[slot] != 0)
            return false;
        if (Count + 1 == _ids.Length)
        {
            Array.Resize(ref _starts, 2 * _starts.Length);
            Array.Resize(ref _ids, 2 * _ids.Length);
            Array.Resize(ref _hashes, 2 * _hashes.Length);
        }
        var start = _starts[Count];
        if (start + token.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(2 * _text.Length, start + token.Length));
        token.CopyTo(_text.AsSpan(start));
        (_ids[Count], _hashes[Count], _starts[Count + 1]) = (id, hash, start + token.Length);
        _slots[slot] = ++Count;
        if (2 * Count > _slots.Length)
            Grow();
        return true;
    }

    /// <inheritdoc cref="TryAdd(ReadOnlySpan{byte}, int)"/>
    public bool TryAdd(string token, int id) => TryAdd(Encoding.UTF8.GetBytes(token), id);

    /// <summary>
    /// Makes ids known, after the last token was added.
    /// Returns two tokens that have the same id, or null where every id is one token's.
    /// </summary>
    public (string First, string Second)? Complete()
    {
        _places = new int[LargestId() + 1];
        for (var place = 0; place < Count; place++)
        {
            if (_places[_ids[place]] is > 0 and var other)
                return (Encoding.UTF8.GetString(Text(other - 1)), Encoding.UTF8.GetString(Text(place)));
            _places[_ids[place]] = place + 1;
        }
        return null;
    }

    /// <summary>The largest id, or -1 where there is no token.</summary>
    public int LargestId()
    {
        var largest = -1;
        foreach (var id in _ids.AsSpan(0, Count))
            largest = Math.Max(largest, id);
        return largest;
    }

    /// <summary>The id of a token given in UTF-8, or -1.</summary>
    public int Find(ReadOnlySpan<byte> token) => _slots[Slot(token, Hash(token))] is > 0 and var place ? _ids[place - 1] : -1;

    /// <summary>The id of a token, or -1.</summary>
    public int Find(ReadOnlySpan<char> token)
    {
        var rented = token.Length > 128 ? ArrayPool<byte>.Shared.Rent(3 * token.Length) : null;
        var bytes = rented ?? stackalloc byte[3 * 128];
        var id = Find(bytes[..Encoding.UTF8.GetBytes(token, bytes)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return id;
    }

    /// <summary>Whether an id is a token's.</summary>
    public bool Contains(int id) => id >= 0 && id < _places.Length && _places[id] > 0;

    /// <summary>The spelling of a token, in UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8(int id) => Text(_places[id] - 1);

    private ReadOnlySpan<byte> Text(int place) => _text.AsSpan(_starts[place].._starts[place + 1]);

    // Where the token is, or the free slot where it would be.
    private int Slot(ReadOnlySpan<byte> token, int hash)
    {
        var mask = _slots.Length - 1;
        var slot = hash & mask;
        while (_slots[slot] is > 0 and var place && !(_hashes[place - 1] == hash && Text(place - 1).SequenceEqual(token)))
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        _slots = new int[2 * _slots.Length];
        var mask = _slots.Length - 1;
        for (var place = 0; place < Count; place++)
        {
            var slot = _hashes[place] & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = place + 1;
        }
    }

    private static int Hash(ReadOnlySpan<byte> token)
    {
        var hash = new HashCode();
        hash.AddBytes(token);
        return hash.ToHashCode();
    }
}
