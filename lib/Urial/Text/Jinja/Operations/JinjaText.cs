using System.Globalization;
using System.Numerics;
using System.Text;

namespace Urial;

/// <summary>Values as Python prints them.</summary>
internal static class JinjaText
{
    /// <summary>A value as <c>str</c> prints it.</summary>
    public static string Print(object? value) => value switch
    {
        string text => text,
        JinjaUndefined => "",
        _ => Represent(value),
    };

    /// <summary>A value as <c>repr</c> prints it.</summary>
    public static string Represent(object? value)
    {
        var text = new StringBuilder();
        Represent(value, text);
        return text.ToString();
    }

    /// <summary>A float as Python prints it: the shortest digits that read back as it.</summary>
    public static string Float(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        for (var digits = 0; digits < 17; digits++)
        {
            text = value.ToString("E" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (double.Parse(text, CultureInfo.InvariantCulture).Equals(value))
                break;
        }
        var (mantissa, exponent) = (text[..text.IndexOf('E')], int.Parse(text[(text.IndexOf('E') + 1)..], CultureInfo.InvariantCulture));
        var sign = mantissa.StartsWith('-') ? "-" : "";
        var all = mantissa.Replace("-", "").Replace(".", "");
        if (exponent is < -4 or >= 16)
            return sign + all[..1] + (all.Length > 1 ? "." + all[1..] : "") + (exponent < 0 ? "e-" : "e+")
                + Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
        if (exponent < 0)
            return sign + "0." + new string('0', -exponent - 1) + all;
        return all.Length <= exponent + 1 ? sign + all.PadRight(exponent + 1, '0') + ".0"
            : sign + all[..(exponent + 1)] + "." + all[(exponent + 1)..];
    }

    private static void Represent(object? value, StringBuilder text)
    {
        JinjaDepth.Check();
        switch (value)
        {
            case null:
                text.Append("None");
                break;
            case string quoted:
                Quote(quoted, text);
                break;
            case BigInteger number:
                text.Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                text.Append(Float(number));
                break;
            case JinjaTuple tuple:
                List(tuple, "(", tuple.Count == 1 ? ",)" : ")", text);
                break;
            case JinjaRange or JinjaFunction or JinjaLoop:
                text.Append(value);
                break;
            case IReadOnlyList<object?> list:
                List(list, "[", "]", text);
                break;
            case JinjaView view:
                List(view, view.Name + "([", "])", text);
                break;
            case JinjaDict map:
                Map(map, text);
                break;
            case JinjaNamespace space:
                text.Append("<Namespace ");
                Map(space.Entries, text);
                text.Append('>');
                break;
            case JinjaUndefined:
                text.Append("Undefined");
                break;
            default:
                text.Append(value is true ? "True" : value is false ? "False" : "<generator object>");
                break;
        }
    }

    private static void List(IEnumerable<object?> items, string open, string close, StringBuilder text)
    {
        text.Append(open);
        var start = text.Length;
        foreach (var item in items)
        {
            if (text.Length > start)
                text.Append(", ");
            Represent(item, text);
        }
        text.Append(close);
    }

    private static void Map(JinjaDict map, StringBuilder text)
    {
        text.Append('{');
        var start = text.Length;
        foreach (var (key, value) in map)
        {
            if (text.Length > start)
                text.Append(", ");
            Represent(key, text);
            text.Append(": ");
            Represent(value, text);
        }
        text.Append('}');
    }

    private static void Quote(string text, StringBuilder quoted)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        quoted.Append(quote);
        foreach (var rune in text.EnumerateRunes())
            quoted.Append(rune.Value switch
            {
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when rune.Value == quote => $"\\{quote}",
                _ when IsPrintable(rune) => rune.ToString(),
                < 0x100 => $"\\x{rune.Value:x2}",
                < 0x10000 => $"\\u{rune.Value:x4}",
                _ => $"\\U{rune.Value:x8}",
            });
        quoted.Append(quote);
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
