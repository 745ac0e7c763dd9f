using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>A character class of an <see cref="OnigurumaExpression"/>.</summary>
/// <param name="expression">Takes what is read.</param>
/// <param name="source">Stands before the class.</param>
/// <param name="ignoreCase">Whether case does not matter.</param>
internal sealed class OnigurumaClass(OnigurumaExpression expression, OnigurumaCursor source, bool ignoreCase)
{
    private const int LargestFoldedRange = 512; // characters
    // Alphabetic, marks, decimal digits, connectors, and by an oddity of Oniguruma's Latin-1 table the fractions and raised digits there.
    private const string Word = @"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\u24B6-\u24E9\u00B2\u00B3\u00B9\u00BC-\u00BE";

    private static readonly Dictionary<string, string> LongNames = new(StringComparer.Ordinal)
    {
        ["LETTER"] = "L",
        ["MARK"] = "M",
        ["NUMBER"] = "N",
        ["PUNCTUATION"] = "P",
        ["SYMBOL"] = "S",
        ["SEPARATOR"] = "Z",
        ["UPPERCASELETTER"] = "Lu",
        ["LOWERCASELETTER"] = "Ll",
        ["TITLECASELETTER"] = "Lt",
        ["DECIMALNUMBER"] = "Nd",
    };

    private static readonly string[] Categories = ["L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No",
        "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co", "Cn"];

    private readonly StringBuilder _inside = new();

    /// <summary>Reads the class, from its opening bracket to its closing one.</summary>
    public void Read()
    {
        source.Take("[");
        var negated = source.Take("^");
        while (!source.Take("]"))
        {
            if (source.Take("&&"))
                throw source.Unknown("&& (an intersection of classes)");
            if (source.Take("["))
                throw source.Unknown("[ within a class");
            Item();
        }
        if (_inside.Length == 0)
            throw source.Unknown("an empty class");
        expression.Append(negated ? $"[^{_inside}]" : $"[{_inside}]");
    }

    private void Item()
    {
        var first = Character();
        if (first is not { } from)
            return;
        if (!source.Take("-"))
            Add(from, from);
        else if (source.Take("]"))
        {
            // A hyphen at the end stands for itself. The bracket is read again by the caller.
            source.Back();
            Add(from, from);
            Add('-', '-');
        }
        else if (Character() is { } to && to >= from)
            Add(from, to);
        else
            throw source.Unknown("a range without an end");
    }

    // A single character, or null after a shorthand, which is written at once.
    private int? Character()
    {
        if (!source.Take("\\"))
            return source.Next();
        if (!source.IsShorthand)
            return source.EscapedCharacter();
        var (inside, negated) = Shorthand(source, ignoreCase);
        if (!negated)
            _inside.Append(inside);
        else if (inside.Length == 2 || inside is ['\\', 'p', .., '}'] && inside.Count(letter => letter == '\\') == 1)
            _inside.Append('\\').Append(char.ToUpperInvariant(inside[1])).Append(inside.AsSpan(2));
        else
            throw source.Unknown("a negated shorthand within a class");
        return null;
    }

    private void Add(int first, int last)
    {
        expression.Name(first, last);
        _inside.Append(Written(first));
        if (last > first)
            _inside.Append('-').Append(Written(last));
        if (!ignoreCase)
            return;
        if (last - first > LargestFoldedRange)
            throw source.Unknown("a long range without regard to case");
        for (var point = first; point <= last; point++)
            foreach (var form in Forms(point, ignoreCase: true).Skip(1))
                _inside.Append(Written(expression.Name(form, form)));
    }

    /// <summary>
    /// Reads the letter after a backslash, with what belongs to it, and gives what it stands for within a class of .NET, or what that is
    /// the opposite of.
    /// </summary>
    internal static (string Inside, bool Negated) Shorthand(OnigurumaCursor source, bool ignoreCase)
    {
        var letter = (char)source.Next();
        var negated = char.IsUpper(letter);
        switch (char.ToLowerInvariant(letter))
        {
            case 's' or 'd':
                return ($"\\{char.ToLowerInvariant(letter)}", negated);
            case 'w':
                return (Word, negated);
            case 'h': // a hexadecimal digit
                return ("0-9A-Fa-f", negated);
            default:
                if (!source.Take("{"))
                    throw source.Unknown("\\p without {");
                negated ^= source.Take("^");
                var name = new StringBuilder();
                while (!source.Take("}"))
                    name.Append((char)source.Next());
                var plain = name.ToString().Replace("_", "").Replace(" ", "").Replace("-", "");
                var category = LongNames.GetValueOrDefault(plain.ToUpperInvariant())
                    ?? Array.Find(Categories, known => known.Equals(plain, StringComparison.OrdinalIgnoreCase))
                    ?? throw source.Unknown($"\\p{{{name}}}");
                if (ignoreCase && category is "Lu" or "Ll" or "Lt")
                    throw source.Unknown($"\\p{{{name}}} without regard to case");
                return ($"\\p{{{category}}}", negated);
        }
    }

    /// <summary>A character, and with ignored case its other forms too.</summary>
    internal static IEnumerable<int> Forms(int point, bool ignoreCase)
    {
        yield return point;
        if (!ignoreCase || !Rune.TryCreate(point, out var rune))
            yield break;
        // Beside its upper and lower case, case folding joins other forms to their letters: long s, Kelvin, Ångström and micro sign, ẞ.
        int[] others = [Rune.ToLowerInvariant(rune).Value, Rune.ToUpperInvariant(rune).Value, .. Rune.ToLowerInvariant(rune).Value switch
        {
            's' or 0x17F => new[] { 's', 'S', 0x17F },
            'k' or 0x212A => ['k', 'K', 0x212A],
            0xE5 or 0x212B => [0xE5, 0xC5, 0x212B],
            0xB5 or 0x3BC => [0xB5, 0x3BC, 0x39C],
            0xDF or 0x1E9E => [0xDF, 0x1E9E],
            _ => [],
        }];
        foreach (var other in others.Distinct())
            if (other != point)
                yield return other;
    }

    /// <summary>A character as .NET reads it within and without classes.</summary>
    internal static string Written(int point) => char.IsAsciiLetterOrDigit((char)point)
        ? ((char)point).ToString()
        : string.Create(CultureInfo.InvariantCulture, $"\\u{point:X4}");
}
