using System.Collections;

namespace Urial;

/// <summary>
/// What filters such as map and selectattr give: its items can be taken once, as a Python generator's; it has no length and no elements.
/// </summary>
internal sealed class JinjaGenerator(IEnumerable<object?> items) : IEnumerable<object?>
{
    private readonly IEnumerator<object?> _items = items.GetEnumerator();

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator()
    {
        while (_items.MoveNext())
            yield return _items.Current;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
