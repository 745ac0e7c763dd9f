using System.Runtime.CompilerServices;

namespace Urial;

/// <summary>What tables and charts call an item where nobody says it.</summary>
internal static class Names
{
    /// <summary>Its own name; of a tuple such as <c>(Name, Value)</c> the first text; otherwise the item as text.</summary>
    public static string Of<T>(T item) => item switch
    {
        INamed named => named.Name,
        ITuple { Length: > 0 } tuple when tuple[0] is string name => name,
        _ => item?.ToString() ?? "",
    };
}
