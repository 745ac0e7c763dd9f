using System.Collections;

namespace Urial;

/// <summary>A dictionary, in the order in which its keys came.</summary>
internal sealed class JinjaDict : IReadOnlyCollection<KeyValuePair<object?, object?>>
{
    private readonly OrderedDictionary<JinjaKey, object?> _entries = [];

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <summary>Its keys, in order.</summary>
    public IReadOnlyList<object?> Keys => [.. _entries.Keys.Select(key => key.Value)];

    /// <summary>The value of a key, which is added where it is new.</summary>
    /// <exception cref="JinjaFault">The key can be none.</exception>
    public object? this[object? key]
    {
        get => _entries[new JinjaKey(key)];
        set => _entries[new JinjaKey(key)] = value;
    }

    /// <summary>The value of a key, if there is one.</summary>
    /// <exception cref="JinjaFault">The key can be none.</exception>
    public bool TryGetValue(object? key, out object? value) => _entries.TryGetValue(new JinjaKey(key), out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator() =>
        _entries.Select(entry => KeyValuePair.Create(entry.Key.Value, entry.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
