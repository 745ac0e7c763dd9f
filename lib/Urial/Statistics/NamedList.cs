namespace Urial;

/// <summary>Makes lists of named things: <c>Named&lt;MicroWay&gt; ways = [first, second]</c>.</summary>
public static class NamedList
{
    /// <summary>The list, in the order given.</summary>
    /// <exception cref="ArgumentException">Two are called the same.</exception>
    public static Named<T> Of<T>(ReadOnlySpan<T> items)
        where T : INamed => new([.. items]);
}
