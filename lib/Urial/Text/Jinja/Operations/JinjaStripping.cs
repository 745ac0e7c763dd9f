using System.Text;

namespace Urial;

/// <summary>Takes characters off the ends of a text.</summary>
internal static class JinjaStripping
{
    /// <summary>What <c>strip</c>, <c>lstrip</c> and <c>rstrip</c> give.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">Which of them.</param>
    /// <param name="arguments">The characters to take off; white space where there are none, or None.</param>
    /// <exception cref="JinjaFault">The characters are no string.</exception>
    public static string Strip(string text, string name, JinjaArguments arguments) => Strip(text, name,
        arguments.Bind(name, ("chars", null))[0]);

    /// <summary>As the other, for one argument.</summary>
    public static string Strip(string text, string name, object? characters)
    {
        Func<Rune, bool> goes = characters switch
        {
            null => rune => rune.IsBmp && JinjaWords.IsSpace((char)rune.Value),
            string given => given.EnumerateRunes().ToHashSet().Contains,
            JinjaUndefined missing => throw missing.Fault(),
            _ => throw new JinjaFault($"{name} takes one string, not {JinjaValue.Kind(characters)}"),
        };
        var runes = text.EnumerateRunes().ToArray();
        var (start, end) = (0, runes.Length);
        while (name != "rstrip" && start < end && goes(runes[start]))
            start++;
        while (name != "lstrip" && end > start && goes(runes[end - 1]))
            end--;
        return string.Concat(runes[start..end]);
    }
}
