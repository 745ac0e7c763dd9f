using System.Collections;
using System.Runtime.CompilerServices;

namespace Urial;

/// <summary>Named things in an order, found by place or by name: <c>arms["zero-shot"]</c>.</summary>
/// <typeparam name="T">Arms, ways of answering, conditions.</typeparam>
[CollectionBuilder(typeof(NamedList), nameof(NamedList.Of))]
public sealed class Named<T> : IReadOnlyList<T>
    where T : INamed
{
    private readonly IReadOnlyList<T> _items;

    internal Named(IReadOnlyList<T> items)
    {
        if (items.CountBy(item => item.Name).FirstOrDefault(group => group.Value > 1) is { Key: { } twice })
            throw new ArgumentException($"Two of the {items.Count} are called '{twice}': names must differ.", nameof(items));
        _items = items;
    }

    /// <summary>How many there are.</summary>
    public int Count => _items.Count;

    /// <summary>The one at a place, from 0.</summary>
    public T this[int place] => _items[place];

    /// <summary>The one of a name.</summary>
    /// <exception cref="UrialException">None is called so; the message has the names there are.</exception>
    public T this[string name] => _items.FirstOrDefault(item => item.Name == name)
        ?? throw new UrialException($"None is called '{name}'. There are: {string.Join("; ", _items.Select(item => item.Name))}.");

    /// <summary>Those of the names given, in the order given.</summary>
    /// <exception cref="UrialException">One of the names is not there.</exception>
    public Named<T> Only(params string[] names) => new([.. names.Select(name => this[name])]);

    /// <summary>All but those of the names given.</summary>
    /// <exception cref="UrialException">One of the names is not there.</exception>
    public Named<T> But(params string[] names) => new([.. _items.Except(Only(names))]);

    /// <summary>One list of named things made of another, such as arms of ways.</summary>
    public Named<TOther> Each<TOther>(Func<T, TOther> make)
        where TOther : INamed => new([.. _items.Select(make)]);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
