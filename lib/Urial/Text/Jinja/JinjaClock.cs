using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>The function <c>strftime_now</c>: the time as C's strftime writes it, in English.</summary>
internal static class JinjaClock
{
    /// <summary>A time in a format.</summary>
    /// <exception cref="JinjaFault">The format asks for something that is not supported.</exception>
    public static string Format(string format, DateTimeOffset time)
    {
        var text = new StringBuilder();
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] != '%' || at + 1 == format.Length)
            {
                text.Append(format[at]);
                continue;
            }
            var plain = format[++at] is '-' or '_' && at + 1 < format.Length ? format[at++] : '\0'; // without leading zeros, as glibc
            var part = Part(format[at], time);
            text.Append(plain == '\0' ? part
                : part.TrimStart('0') is var digits && digits.Length == 0 ? "0" : plain == '_' ? digits.PadLeft(part.Length) : digits);
        }
        return text.ToString();
    }

    private static string Part(char letter, DateTimeOffset time)
    {
        string Written(string format) => time.ToString(format, CultureInfo.InvariantCulture);
        string Day() => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2);

        return letter switch
        {
            'a' => Written("ddd"),
            'A' => Written("dddd"),
            'b' or 'h' => Written("MMM"),
            'B' => Written("MMMM"),
            'c' => $"{Written("ddd MMM")} {Day()} {Written("HH:mm:ss yyyy")}",
            'd' => Written("dd"),
            'D' or 'x' => Written("MM/dd/yy"),
            'e' => Day(),
            'f' => Written("ffffff"),
            'F' => Written("yyyy-MM-dd"),
            'H' => Written("HH"),
            'I' => Written("hh"),
            'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
            'm' => Written("MM"),
            'M' => Written("mm"),
            'p' => Written("tt"),
            'R' => Written("HH:mm"),
            'S' => Written("ss"),
            'T' or 'X' => Written("HH:mm:ss"),
            'u' => time.DayOfWeek == DayOfWeek.Sunday ? "7" : ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
            'w' => ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
            'y' => Written("yy"),
            'Y' => Written("yyyy"),
            'z' or 'Z' => "", // what Python writes for a time without a zone
            'n' => "\n",
            't' => "\t",
            '%' => "%",
            _ => throw JinjaFault.Unsupported($"%{letter} in the format of strftime_now"),
        };
    }
}
