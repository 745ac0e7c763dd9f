using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Urial;

/// <summary>
/// A value in a few words, for a row of a <see cref="Card"/>. Nothing is computed for it: sequences that are not held in memory are not
/// run through, and of an object inside another only what it is called is said.
/// </summary>
internal static class CardValue
{
    private const int Longest = 90;
    private const int MostItems = 4;

    private static readonly string[] NameProperties = ["Name", "Id", "Text"];

    /// <summary>The value in one line of at most 90 characters.</summary>
    public static string Of(object? value) => Shorten(value switch
    {
        null => "none",
        string text => $"\"{text}\"",
        bool yes => yes ? "yes" : "no",
        double number => Numbers.General(number),
        float number => Numbers.General(number),
        Type type => TypeName(type),
        Delegate => "a function",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(place => Of(tuple[place])))})",
        IEnumerable sequence => Sequence(sequence),
        _ => Named(value),
    });

    /// <summary>A type's name as C# writes it, without namespaces.</summary>
    public static string TypeName(Type type)
    {
        if (type.IsArray)
            return TypeName(type.GetElementType()!) + "[]";
        if (!type.IsVisible && typeof(IEnumerable).IsAssignableFrom(type))
            return $"sequence of {ItemName(type)}"; // a compiler's or a library's own, whose name says nothing
        var name = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>" : name;
    }

    /// <summary>How many a sequence holds; null where only running through it would tell.</summary>
    public static int? Count(IEnumerable sequence) => sequence is ICollection collection
        ? collection.Count
        : sequence.GetType().GetInterfaces().FirstOrDefault(face => face.IsGenericType
                && (face.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>)
                    || face.GetGenericTypeDefinition() == typeof(ICollection<>)))
            ?.GetProperty(nameof(ICollection.Count))!.GetValue(sequence) as int?;

    /// <summary>
    /// The words that a type has written for itself; null where it has none, or only those that the compiler gives a record, or is not
    /// ours.
    /// </summary>
    public static string? OwnText(object value)
    {
        if (value.GetType().Namespace?.StartsWith(nameof(Urial), StringComparison.Ordinal) != true)
            return null; // others' may be long to write
        var written = value.GetType().GetMethod(nameof(ToString), BindingFlags.Public | BindingFlags.Instance, []);
        return written is null || written.DeclaringType == typeof(object) || written.DeclaringType == typeof(ValueType)
            || written.IsDefined(typeof(CompilerGeneratedAttribute)) ? null : Shorten(value.ToString() ?? "");
    }

    /// <summary>What an object is called, and the property that says it: its name, id or text, as far as it holds one.</summary>
    public static (string Name, string? Property) NameOf(object value) => NameProperties
        .Select(property => (Name: Held(value.GetType(), property)?.GetValue(value) as string, Property: property))
        .FirstOrDefault(name => name.Name is not null) is { Name: { } own } found ? (Shorten(own), found.Property) : ("", null);

    /// <summary>The field in which a property that computes nothing holds its value; null for any other property.</summary>
    public static FieldInfo? Held(Type type, string property) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .FirstOrDefault(own => own.Name == property && own.GetIndexParameters().Length == 0) is { DeclaringType: { } owner }
            ? owner.GetField($"<{property}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance)
            : null;

    private static string Named(object value) => OwnText(value) ?? $"{TypeName(value.GetType())} {NameOf(value).Name}".TrimEnd();

    private static string Sequence(IEnumerable sequence) => Count(sequence) switch
    {
        null => "a sequence",
        <= MostItems and var few when sequence is not IDictionary =>
            few == 0 ? "none" : string.Join(", ", sequence.Cast<object?>().Select(Of)),
        var count => $"{Numbers.Count(count.Value)} × {ItemName(sequence.GetType())}",
    };

    private static string ItemName(Type type) =>
        type.GetInterfaces().Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        .Select(face => TypeName(face.GetGenericArguments()[0])).FirstOrDefault() ?? "object";

    private static string Shorten(string text) => ShortText.Of(text.ReplaceLineEndings(" "), Longest);
}
