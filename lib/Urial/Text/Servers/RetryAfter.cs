using System.Globalization;

namespace Urial;

/// <summary>What a server asks to wait before it is asked again (RFC 9110, 10.2.3).</summary>
internal static class RetryAfter
{
    // The three forms of a date: RFC 9110, 5.6.7.
    private static readonly string[] Dates = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    /// <summary>A number of seconds, or a date. Null for what is neither, or lies in the past.</summary>
    /// <param name="value">The header's value; null where it is missing.</param>
    public static TimeSpan? Parse(string? value)
    {
        const NumberStyles Number = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        const DateTimeStyles Date = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite;
        if (value is null)
            return null;
        if (double.TryParse(value, Number, CultureInfo.InvariantCulture, out var seconds))
            return double.IsFinite(seconds) && seconds >= 0 ? TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(1).TotalSeconds))
                : null;
        return DateTimeOffset.TryParseExact(value.Trim(), Dates, CultureInfo.InvariantCulture, Date, out var date)
            && date - DateTimeOffset.UtcNow is var wait && wait > TimeSpan.Zero ? wait : null;
    }
}
