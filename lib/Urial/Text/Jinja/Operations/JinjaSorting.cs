namespace Urial;

/// <summary>Python's sort: stable, by values that must have an order.</summary>
internal static class JinjaSorting
{
    /// <summary>Items in the order of their keys; equal ones stay in theirs.</summary>
    /// <exception cref="JinjaFault">Two keys have no order.</exception>
    public static List<T> Sort<T>(IEnumerable<T> items, Func<T, object?> key, bool reverse = false)
    {
        var sorted = new List<(T Item, object? Key)>();
        foreach (var item in items)
        {
            var own = key(item);
            var (low, high) = (0, sorted.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (reverse ? JinjaValue.Compare("<", sorted[middle].Key, own) < 0 : JinjaValue.Compare("<", own, sorted[middle].Key) < 0)
                    high = middle;
                else
                    low = middle + 1;
            }
            sorted.Insert(low, (item, own));
        }
        return [.. sorted.Select(entry => entry.Item)];
    }

    /// <summary>What filters sort and compare by: text without regard to case, unless that is wanted.</summary>
    public static object? Key(object? value, bool caseSensitive) => value is string text && !caseSensitive ? JinjaWords.Lower(text) : value;
}
