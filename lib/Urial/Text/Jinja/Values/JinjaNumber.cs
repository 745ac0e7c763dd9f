using System.Globalization;
using System.Numerics;

namespace Urial;

/// <summary>Python's numbers: whole ones of any size, floats, and booleans that count as 0 and 1.</summary>
internal static class JinjaNumber
{
    private const long LargestPower = 1_000_000; // bits: a template has no use for more, and they take time

    /// <summary>Whether a value is a number.</summary>
    public static bool IsNumber(object? value) => value is BigInteger or double or bool;

    /// <summary>A value as a whole number, if it is one.</summary>
    public static BigInteger? Whole(object? value) => value switch
    {
        BigInteger number => number,
        bool flag => flag ? BigInteger.One : BigInteger.Zero,
        _ => null,
    };

    /// <summary>A whole number that fits into an int, clamped where it does not.</summary>
    /// <exception cref="JinjaFault">The value is no whole number.</exception>
    public static int Clamped(object? value, string what) => Whole(value) is { } number
        ? (int)BigInteger.Max(int.MinValue + 1, BigInteger.Min(int.MaxValue, number))
        : throw ((value as JinjaUndefined)?.Fault() ?? new JinjaFault($"{what} must be a whole number, not {JinjaValue.Kind(value)}"));

    /// <summary>A value as a float.</summary>
    public static double Float(object? value) => value is double number ? number : (double)Whole(value)!.Value;

    /// <summary>A whole number from its digits.</summary>
    public static BigInteger Parse(string digits) => BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>The order of two numbers; null where one is NaN.</summary>
    public static int? Compare(object? left, object? right)
    {
        if (Whole(left) is { } a && Whole(right) is { } b)
            return a.CompareTo(b);
        var (x, y) = (Float(left), Float(right));
        return double.IsNaN(x) || double.IsNaN(y) ? null : x.CompareTo(y);
    }

    /// <summary>Two numbers with an operator between them.</summary>
    /// <exception cref="JinjaFault">The divisor is 0, or the result is no number.</exception>
    public static object Binary(string sign, object? left, object? right)
    {
        if (Whole(left) is { } a && Whole(right) is { } b && !(sign == "**" && b.Sign < 0))
            return sign switch
            {
                "+" => a + b,
                "-" => a - b,
                "*" => a * b,
                "/" => (double)a / (double)Divisor(sign, b),
                "//" => Quotient(a, Divisor(sign, b)),
                "%" => a - b * Quotient(a, Divisor(sign, b)),
                _ => Power(a, b),
            };
        var (x, y) = (Float(left), Float(right));
        if (sign is "/" or "//" or "%" && y == 0)
            throw Zero(sign);
        return sign switch
        {
            "+" => x + y,
            "-" => x - y,
            "*" => x * y,
            "/" => x / y,
            "//" => FloorDivision(x, y),
            "%" => Remainder(x, y),
            _ => Power(x, y),
        };
    }

    /// <summary>A number with as many digits after the point as asked for, halves going to the even neighbour, as Python's round.</summary>
    public static double Round(double value, int digits)
    {
        if (!double.IsFinite(value) || digits > 308)
            return value;
        var (mantissa, exponent) = Split(value);
        // value · 10^digits as a fraction of whole numbers: exact, as the decimal digits that Python rounds are.
        var above = mantissa * (digits > 0 ? BigInteger.Pow(10, digits) : 1) * (exponent > 0 ? BigInteger.Pow(2, exponent) : 1);
        var below = (digits < 0 ? BigInteger.Pow(10, Math.Min(-digits, 400)) : 1) * (exponent < 0 ? BigInteger.Pow(2, -exponent) : 1);
        var floor = Quotient(above, below);
        var order = (2 * (above - floor * below)).CompareTo(below);
        var whole = floor + (order > 0 || order == 0 && !floor.IsEven ? 1 : 0);
        var text = whole.ToString(CultureInfo.InvariantCulture) + "e" + (-digits).ToString(CultureInfo.InvariantCulture);
        return double.CopySign(double.Parse(text, CultureInfo.InvariantCulture), value);
    }

    private static (BigInteger Mantissa, int Exponent) Split(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var fraction = bits & 0xFFFFFFFFFFFFF;
        var mantissa = exponent == 0 ? fraction : fraction | 0x10000000000000;
        return (value < 0 ? -mantissa : mantissa, Math.Max(exponent, 1) - 1075);
    }

    private static BigInteger Divisor(string sign, BigInteger divisor) => divisor.IsZero ? throw Zero(sign) : divisor;

    private static JinjaFault Zero(string sign) => new($"the divisor of {sign} is 0");

    // Towards minus infinity, as in Python.
    private static BigInteger Quotient(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var remainder);
        return !remainder.IsZero && remainder.Sign != b.Sign ? quotient - 1 : quotient;
    }

    // The sign of the divisor, as in Python.
    private static double Remainder(double a, double b)
    {
        var remainder = a % b;
        return remainder == 0 ? double.CopySign(0, b) : remainder < 0 != b < 0 ? remainder + b : remainder;
    }

    private static double FloorDivision(double a, double b)
    {
        var quotient = (a - Remainder(a, b)) / b;
        return quotient == 0 ? double.CopySign(0, a / b) : Math.Floor(quotient + 0.5);
    }

    private static BigInteger Power(BigInteger a, BigInteger b) => a.IsZero || a.IsOne ? b.IsZero ? BigInteger.One : a
        : a == BigInteger.MinusOne ? b.IsEven ? BigInteger.One : a
        : b * a.GetBitLength() <= LargestPower ? BigInteger.Pow(a, (int)b)
        : throw new JinjaFault("the result of ** is too large");

    private static double Power(double a, double b)
    {
        if (a == 0 && b < 0)
            throw new JinjaFault("0 has no negative power");
        var power = Math.Pow(a, b);
        if (double.IsNaN(power) && !double.IsNaN(a) && !double.IsNaN(b))
            throw new JinjaFault("a root of a negative number is no number");
        return double.IsInfinity(power) && double.IsFinite(a) && double.IsFinite(b)
            ? throw new JinjaFault("the result of ** is too large") : power;
    }
}
