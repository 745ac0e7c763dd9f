using System.Collections;

namespace Urial;

/// <summary>The keys, values or items of a dictionary: they have a number and can be looped over, and are no list.</summary>
/// <param name="name">What Python calls it.</param>
/// <param name="items">What is in it.</param>
internal sealed class JinjaView(string name, IReadOnlyList<object?> items) : IReadOnlyCollection<object?>
{
    /// <summary>What Python calls it: <c>dict_items</c>, say.</summary>
    public string Name => name;

    /// <inheritdoc/>
    public int Count => items.Count;

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
