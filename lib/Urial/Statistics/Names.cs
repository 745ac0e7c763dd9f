using System.Runtime.CompilerServices;

namespace Urial;

/// <summary>What tables and charts call an item where nobody says it.</summary>
internal static class Names
{
    /// <summary>
    /// Its own name; of a tuple such as <c>(Name, Value)</c> the first text; the words of an enumeration's member; otherwise the item
    /// as text.
    /// </summary>
    public static string Of<T>(T item) => item switch
    {
        INamed named => named.Name,
        ITuple { Length: > 0 } tuple when tuple[0] is string name => name,
        Enum value => Words(value.ToString()),
        _ => item?.ToString() ?? "",
    };

    /// <summary>A member's name as words: <c>TwoHop</c> is two-hop.</summary>
    private static string Words(string member) => string.Concat(member.Select((letter, place) =>
        char.IsUpper(letter) ? (place > 0 ? "-" : "") + char.ToLowerInvariant(letter) : letter.ToString()));
}
