using System.Globalization;
using System.Text.RegularExpressions;

namespace Urial.Notebooks;

/// <summary>
/// A number as it stands in an output, and when two of them count as the same. Other processors add in another order
/// and round differently, so a rounded number may differ by one unit in its last printed digit, or by a thousandth
/// of itself, whichever is more. A whole number is a count, a rank, an id or a year: it has to be the same,
/// unless a percent sign shows that it was rounded.
/// </summary>
internal readonly partial struct PrintedNumber
{
    private const double Relative = 1e-3;

    /// <summary>What is left of a sum that should be zero.</summary>
    private const double Zero = 1e-9;

    private readonly double _value;
    private readonly double _unit; // of the last printed digit
    private readonly bool _rounded;

    private PrintedNumber(Match match, string text)
    {
        var digits = match.Groups["digits"].Value.Replace(",", "", StringComparison.Ordinal);
        var fraction = match.Groups["fraction"].Value;
        var exponent = match.Groups["exponent"].Value;
        var negative = match.Groups["sign"].Success;
        _value = (negative ? -1 : 1) * double.Parse(digits + fraction + exponent, CultureInfo.InvariantCulture);
        var power = exponent.Length > 0 ? int.Parse(exponent.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        _unit = Math.Pow(10, power - Math.Max(0, fraction.Length - 1));
        var rest = text.AsSpan(match.Index + match.Length).TrimStart(" \u00a0\u202f");
        _rounded = fraction.Length > 0 || exponent.Length > 0 || rest.StartsWith("%");
    }

    /// <summary>Whether two texts say the same: the same words, and the same numbers within the tolerance.</summary>
    public static bool SameText(string one, string other)
    {
        if (one == other)
            return true;
        var (a, b) = (Pattern().Matches(one), Pattern().Matches(other));
        if (a.Count != b.Count)
            return false;
        var (atA, atB) = (0, 0);
        for (var i = 0; i < a.Count; i++)
        {
            if (!one.AsSpan(atA, a[i].Index - atA).SequenceEqual(other.AsSpan(atB, b[i].Index - atB)))
                return false;
            if (a[i].Value != b[i].Value && !Same(new PrintedNumber(a[i], one), new PrintedNumber(b[i], other)))
                return false;
            (atA, atB) = (a[i].Index + a[i].Length, b[i].Index + b[i].Length);
        }
        return one.AsSpan(atA).SequenceEqual(other.AsSpan(atB));
    }

    private static bool Same(PrintedNumber a, PrintedNumber b)
    {
        if (!a._rounded && !b._rounded)
            return a._value == b._value;
        var largest = Math.Max(Math.Abs(a._value), Math.Abs(b._value));
        // A touch more than one unit: 0.12 and 0.13 are not exactly one hundredth apart in binary.
        var tolerance = Math.Max(Math.Max(1.0001 * Math.Min(a._unit, b._unit), Relative * largest), Zero);
        return Math.Abs(a._value - b._value) <= tolerance;
    }

    // Not inside names and colours (x1, #1f77b4), and no sign between two ends of a range (2-3).
    [GeneratedRegex(@"(?:(?<sign>(?<![\w)\]])[-−])|(?<![\w.#]))"
        + @"(?<digits>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?<fraction>\.\d+)?(?<exponent>[eE][-+]?\d{1,3}(?!\w))?")]
    private static partial Regex Pattern();
}
