using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Urial;

/// <summary>Python's two ways to put values into a text: <c>"%s" % value</c> and <c>"{}".format(value)</c>.</summary>
internal static partial class JinjaFormat
{
    private const int Widest = 10_000; // characters: more is a mistake of the template

    /// <summary>The text of <c>format % values</c>.</summary>
    /// <param name="format">With places such as %s, %5.1f or %(name)s.</param>
    /// <param name="values">A tuple of values, a dictionary for names, or the only value.</param>
    /// <exception cref="JinjaFault">Places and values do not fit.</exception>
    public static string Percent(string format, object? values)
    {
        var all = values as JinjaTuple ?? (IReadOnlyList<object?>)[values];
        var (next, named, text) = (0, false, new StringBuilder());
        for (var at = 0; at < format.Length;)
        {
            if (format[at] != '%')
            {
                text.Append(format[at++]);
                continue;
            }
            var place = PercentPlace().Match(format, at);
            if (!place.Success)
                throw new JinjaFault($"the format \"{format}\" has a % without a kind that is known");
            at += place.Length;
            var kind = place.Groups["kind"].Value[0];
            if (kind == '%')
            {
                text.Append('%');
                continue;
            }
            if (place.Value.Contains('*'))
                throw JinjaFault.Unsupported("a width * in a format");
            object? value;
            if (place.Groups["name"] is { Success: true } name)
            {
                named = true;
                value = values is JinjaDict map && map.TryGetValue(name.Value, out var found) ? found
                    : throw new JinjaFault($"the format \"{format}\" asks for {name.Value}, which is not given");
            }
            else
                value = next < all.Count ? all[next++] : throw new JinjaFault($"the format \"{format}\" has more places than values");
            text.Append(Place(kind, place, value));
        }
        // As in Python, only a tuple or a value without elements must be used up.
        return next < all.Count && !named && (values is JinjaTuple or not (JinjaDict or IReadOnlyList<object?>))
            ? throw new JinjaFault($"the format \"{format}\" has fewer places than values")
            : text.ToString();
    }

    /// <summary>The text of <c>format.format(values)</c>.</summary>
    /// <exception cref="JinjaFault">Places and values do not fit, or a place says how to write its value.</exception>
    public static string Braces(string format, JinjaArguments arguments)
    {
        var next = 0;
        var text = BracePlace().Replace(format, place => place.Value switch
        {
            "{{" => "{",
            "}}" => "}",
            "{" or "}" => throw new JinjaFault($"the format \"{format}\" has a brace without its other half"),
            _ => Value(place),
        });
        return text;

        string Value(Match place)
        {
            var name = place.Groups["name"].Value;
            if (place.Groups["rest"].Length > 0)
                throw JinjaFault.Unsupported($"the place {place.Value} of a format");
            object? value;
            if (name.Length == 0 || name.All(char.IsAsciiDigit))
            {
                var index = name.Length == 0 ? next++ : int.Parse(name, CultureInfo.InvariantCulture);
                value = index < arguments.Positional.Count ? arguments.Positional[index]
                    : throw new JinjaFault($"the format \"{format}\" has more places than values");
            }
            else if (!arguments.Named.TryGetValue(name, out value))
                throw new JinjaFault($"the format \"{format}\" asks for {name}, which is not given");
            return place.Groups["how"].Value == "!r" ? JinjaText.Represent(value) : JinjaText.Print(value);
        }
    }

    private static string Place(char kind, Match place, object? value)
    {
        var flags = place.Groups["flags"].Value;
        var width = place.Groups["width"].Length > 0 ? Number(place.Groups["width"].Value) : 0;
        int? precision = place.Groups["point"].Success ? Number("0" + place.Groups["precision"].Value) : null;
        var text = kind switch
        {
            's' => Cut(JinjaText.Print(value)),
            'r' => Cut(JinjaText.Represent(value)),
            'd' or 'i' or 'u' => Sign(Whole()),
            'x' => Sign(Whole(), 16),
            'f' or 'F' => Signed(Float().ToString(FormattableString.Invariant($"F{precision ?? 6}"), CultureInfo.InvariantCulture)),
            _ => throw JinjaFault.Unsupported($"the place {place.Value} of a format"),
        };
        var missing = width - text.EnumerateRunes().Count();
        if (missing <= 0)
            return text;
        if (flags.Contains('-'))
            return text + new string(' ', missing);
        if (!flags.Contains('0') || kind is 's' or 'r')
            return new string(' ', missing) + text;
        var sign = text[0] is '-' or '+' or ' ' ? 1 : 0;
        return text[..sign] + new string('0', missing) + text[sign..];

        string Cut(string whole) => precision is { } most ? string.Concat(JinjaValue.Characters(whole).Take(most)) : whole;
        BigInteger Whole() => value is double number && double.IsFinite(number) && kind != 'x' ? new BigInteger(Math.Truncate(number))
            : JinjaNumber.Whole(value) ?? throw Unfit();
        double Float() => JinjaNumber.IsNumber(value) ? JinjaNumber.Float(value) : throw Unfit();
        JinjaFault Unfit() => value is JinjaUndefined missing ? missing.Fault()
            : new JinjaFault($"the place {place.Value} of a format needs a number, not {JinjaValue.Kind(value)}");
        string Signed(string number) => number.StartsWith('-') ? number
            : flags.Contains('+') ? "+" + number : flags.Contains(' ') ? " " + number : number;
        string Sign(BigInteger number, int radix = 10)
        {
            var digits = radix == 16 ? BigInteger.Abs(number).ToString("x", CultureInfo.InvariantCulture).TrimStart('0')
                : BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture);
            digits = (digits.Length == 0 ? "0" : digits).PadLeft(precision ?? 0, '0');
            return Signed(number.Sign < 0 ? "-" + digits : digits);
        }
    }

    private static int Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Widest ? number
            : throw new JinjaFault($"the width {digits} of a format is too large");

    [GeneratedRegex(@"\G%(?:\((?<name>[^)]*)\))?(?<flags>[-+ 0#]*)(?<width>\d*|\*)(?<point>\.(?<precision>\d*|\*))?(?<kind>[a-zA-Z%])")]
    private static partial Regex PercentPlace();

    [GeneratedRegex(@"\{\{|\}\}|\{(?<name>\w*)(?<how>![rs])?(?<rest>[^{}]*)\}|\{|\}")]
    private static partial Regex BracePlace();
}
