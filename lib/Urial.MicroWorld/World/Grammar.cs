using System.Text.Json;

namespace Urial.MicroWorld;

/// <summary>The little English that the tables need: articles, capitals and number words.</summary>
internal sealed class Grammar
{
    private static readonly string[] Units =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
         "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private readonly HashSet<string> _the, _none, _a, _an;

    private Grammar(Dictionary<string, HashSet<string>> lists) =>
        (_the, _none, _a, _an) = (lists["the"], lists["none"], lists["a"], lists["an"]);

    internal static Grammar Load(string file)
    {
        if (!File.Exists(file))
            throw new UrialException($"No {file}: it lists the values that take an article.");
        try
        {
            return new Grammar(JsonSerializer.Deserialize<Dictionary<string, HashSet<string>>>(InputFile.Text(file, "grammar"))!);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException)
        {
            throw new UrialException($"{file} must hold the lists 'the', 'none', 'a' and 'an': {e.Message}");
        }
    }

    /// <summary>A value as it stands in a sentence: <c>the United States</c>, but <c>France</c>.</summary>
    public string InSentence(string value) => _the.Contains(value) ? "the " + value : value;

    /// <summary>A value with its indefinite article where it takes one: <c>a cub</c>, <c>an owlet</c>, <c>gloves</c>.</summary>
    public string Indefinite(string value)
    {
        if (_the.Contains(value))
            return "the " + value;
        if (_an.Contains(value))
            return "an " + value;
        if (_a.Contains(value))
            return "a " + value;
        if (_none.Contains(value) || (value.EndsWith('s') && !value.EndsWith("ss", StringComparison.Ordinal)))
            return value;
        return ("aeiou".Contains(char.ToLowerInvariant(value[0])) ? "an " : "a ") + value;
    }

    /// <summary>The text with its first letter in upper case.</summary>
    public static string Capitalise(string text) =>
        text.Length == 0 || !char.IsLower(text[0]) ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Names joined as English joins them: <c>a</c>, <c>a and b</c>, <c>a, b and c</c> (or another conjunction).</summary>
    public static string Join(IReadOnlyList<string> items, string conjunction = "and") => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => string.Join(", ", items.Take(items.Count - 1)) + " " + conjunction + " " + items[^1],
    };

    /// <summary>The number that a word such as <c>twenty-nine</c> means, or null where it is no number word below one hundred.</summary>
    public static int? Number(string word)
    {
        var unit = Array.IndexOf(Units, word);
        if (unit >= 0)
            return unit;
        var parts = word.Split('-');
        var ten = Array.IndexOf(Tens, parts[0]);
        if (ten < 2 || parts.Length > 2)
            return null;
        if (parts.Length == 1)
            return ten * 10;
        unit = Array.IndexOf(Units, parts[1]);
        return unit is > 0 and < 10 ? ten * 10 + unit : null;
    }
}
