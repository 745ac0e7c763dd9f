using System.Globalization;

namespace Urial;

/// <summary>How views write numbers: rounded, invariant culture, units beside them.</summary>
internal static class Numbers
{
    /// <summary>A share or probability as a percentage: <c>87.3 %</c>; tiny ones as <c>&lt; 0.1 %</c>.</summary>
    public static string Percent(double share, int digits = 1) =>
        share > 0 && share < 0.5 * Math.Pow(10, -digits - 2)
            ? FormattableString.Invariant($"< {Math.Pow(10, -digits)} %")
            : (100 * share).ToString("F" + digits, CultureInfo.InvariantCulture) + " %";

    /// <summary>A probability in the space of a card: <c>87.3%</c>.</summary>
    public static string Probability(double p) => Percent(p).Replace(" ", "");

    /// <summary>Nats with two decimals: <c>3.21</c>.</summary>
    public static string Nats(double nats) => Fixed(nats, 2);

    /// <summary>The same of a number that may be known within bounds only: <c>3.21</c>, <c>0.12 to 0.30</c>, <c>≥ 0.12</c>.</summary>
    public static string Nats(double nats, Bounds? bounds) => bounds is not { IsExact: false } known ? Nats(nats)
        : double.IsPositiveInfinity(known.High) ? $"≥ {Nats(known.Low)}"
        : Nats(known.Low) == Nats(known.High) ? Nats(known.Low) : $"{Nats(known.Low)} to {Nats(known.High)}";

    /// <summary>A number with a fixed count of decimals; a zero never carries a minus.</summary>
    public static string Fixed(double value, int digits)
    {
        var text = value.ToString("F" + digits, CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAnyExcept("-0.") ? text : text.TrimStart('-');
    }

    /// <summary>A difference with its sign: <c>+1.2</c>, <c>−0.3</c>, <c>0.0</c>.</summary>
    public static string Signed(double value, int digits)
    {
        var text = Fixed(value, digits);
        return text[0] == '-' ? "−" + text[1..] : text.AsSpan().ContainsAnyExcept("0.") ? "+" + text : text;
    }

    /// <summary>A whole number with thousands set apart: <c>12,345</c>.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number of unknown size with about four significant digits.</summary>
    public static string General(double value) => value switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "-∞",
        0 => "0",
        _ => Math.Abs(value) switch
        {
            < 1e-4 or >= 1e9 => value.ToString("0.###e+0", CultureInfo.InvariantCulture),
            < 1 => value.ToString("0.####", CultureInfo.InvariantCulture),
            < 100 => value.ToString("0.###", CultureInfo.InvariantCulture),
            < 10_000 => value.ToString("0.#", CultureInfo.InvariantCulture),
            _ => value.ToString("N0", CultureInfo.InvariantCulture),
        },
    };
}
