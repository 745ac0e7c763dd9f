using System.CommandLine.Parsing;
using System.Globalization;

namespace Urial.Cli;

/// <summary>
/// Reads the numbers of all options: digits, a point, a sign, an exponent, and nothing else. A comma is the decimal sign of half the
/// world and the thousands' of the other half, so it is never guessed at: 0,0002 read as 2 would certify a wrong model.
/// </summary>
internal static class Number
{
    private const NumberStyles WholeStyle = NumberStyles.AllowLeadingSign;
    private const NumberStyles DecimalStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a whole number within bounds.</summary>
    public static Func<ArgumentResult, int> Whole(int least = int.MinValue, int most = int.MaxValue) =>
        result => (int)(Long(result, least, most) ?? 0);

    /// <summary>As <see cref="Whole"/>, for an option that may be left out.</summary>
    public static Func<ArgumentResult, int?> WholeIfGiven(int least, int most = int.MaxValue) => result => (int?)Long(result, least, most);

    /// <summary>Reads a whole number of 64 bits within bounds, for an option that may be left out.</summary>
    public static Func<ArgumentResult, long?> LongIfGiven(long least) => result => Long(result, least, long.MaxValue);

    /// <summary>Reads a number.</summary>
    /// <param name="allowed">Which numbers are.</param>
    /// <param name="range">The same in words: <c>0 or more</c>.</param>
    public static Func<ArgumentResult, double> Decimal(Func<double, bool> allowed, string range) => result =>
    {
        var text = result.Tokens[0].Value;
        if (!double.TryParse(text, DecimalStyle, CultureInfo.InvariantCulture, out var value) || double.IsNaN(value)
            || double.IsInfinity(value) && !text.Any(char.IsAsciiDigit))
            Refuse(result, $"'{text}' is no number; {Advice(text, whole: false)}");
        else if (!allowed(value) || double.IsInfinity(value))
            Refuse(result, $"{text} is out of range; give a number, {range}");
        return value;
    };

    /// <summary>What to write instead: the number that was meant, where that can be told.</summary>
    internal static string Advice(string text, bool whole)
    {
        var meant = Meant(text.Trim()).Where(number => Reads(number, whole)).ToArray();
        return meant.Length > 0 ? $"write {string.Join(" or ", meant)}" : whole ? "give a whole number such as 16"
            : "give a number such as 0.7";
    }

    private static long? Long(ArgumentResult result, long least, long most)
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, WholeStyle, CultureInfo.InvariantCulture, out var value))
        {
            if (value >= least && value <= most)
                return value;
            Refuse(result, $"{text} is out of range; give a whole number, {Range(value, least, most)}");
        }
        else if (text.TrimStart('+', '-') is { Length: > 0 } digits && digits.All(char.IsAsciiDigit))
            Refuse(result, $"{text} is out of range; give a whole number, "
                + $"{Range(text[0] == '-' ? long.MinValue : long.MaxValue, least, most)}");
        else
            Refuse(result, $"'{text}' is no whole number; {Advice(text, whole: true)}");
        return null;
    }

    private static string Range(long value, long least, long most) => value < least && most is int.MaxValue or long.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"{least} or more")
        : string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");

    private static IEnumerable<string> Meant(string text)
    {
        var compact = string.Concat(text.Where(letter => letter is not ('_' or '\'' or '’') && !char.IsWhiteSpace(letter)));
        var (comma, point) = (compact.LastIndexOf(','), compact.LastIndexOf('.'));
        if (comma < 0)
            return [Plain(compact)];
        if (point >= 0) // whichever comes last divides the fraction
            return [comma > point ? compact.Replace(".", "").Replace(',', '.') : compact.Replace(",", "")];
        if (compact.IndexOf(',') != comma)
            return [compact.Replace(",", "")];
        return compact.Length - comma == 4 && compact.TrimStart('+', '-') is not ['0' or ',', ..]
            ? [compact.Replace(",", ""), compact.Replace(',', '.')] // 1,000: a thousand, or one
            : [compact.Replace(',', '.')];
    }

    // 1e3 and 16.0 are whole numbers in another spelling.
    private static string Plain(string text) =>
        double.TryParse(text, DecimalStyle, CultureInfo.InvariantCulture, out var value) && value == Math.Truncate(value)
            && Math.Abs(value) < 1e15
            ? value.ToString("0", CultureInfo.InvariantCulture) : text;

    private static bool Reads(string text, bool whole) => whole
        ? int.TryParse(text, WholeStyle, CultureInfo.InvariantCulture, out _)
        : double.TryParse(text, DecimalStyle, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);

    private static void Refuse(ArgumentResult result, string why) =>
        result.AddError($"{(result.Parent as OptionResult)?.Option.Name ?? "The number"}: {why}.");
}
