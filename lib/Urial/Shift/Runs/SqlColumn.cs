using System.Collections;
using System.Globalization;
using System.Numerics;
using Microsoft.Data.Analysis;

namespace Urial;

/// <summary>A column of a data frame that takes the values of a query's result.</summary>
/// <param name="Column">The column.</param>
/// <param name="Add">Adds a value; null: it is missing.</param>
internal sealed record SqlColumn(DataFrameColumn Column, Action<object?> Add)
{
    /// <summary>A column for values of a type.</summary>
    public static SqlColumn Of(string name, Type type)
    {
        if (type == typeof(bool))
            return Numbers(new BooleanDataFrameColumn(name), Convert.ToBoolean);
        if (type == typeof(float) || type == typeof(double) || type == typeof(decimal))
            return Numbers(new DoubleDataFrameColumn(name), Convert.ToDouble);
        if (type == typeof(int) || type == typeof(short) || type == typeof(sbyte) || type == typeof(byte) || type == typeof(ushort))
            return Numbers(new Int32DataFrameColumn(name), Convert.ToInt32);
        if (type == typeof(long) || type == typeof(uint))
            return Numbers(new Int64DataFrameColumn(name), Convert.ToInt64);
        if (type == typeof(BigInteger) || type == typeof(ulong)) // sums of whole numbers are such
            return Numbers(new Int64DataFrameColumn(name),
                (value, culture) => value is BigInteger big ? (long)big : Convert.ToInt64(value, culture));
        var texts = new StringDataFrameColumn(name);
        return new SqlColumn(texts, value => texts.Append(value is null ? null : Text(value)));
    }

    private static SqlColumn Numbers<T>(PrimitiveDataFrameColumn<T> column, Func<object, IFormatProvider, T> convert)
        where T : unmanaged => new(column, value => column.Append(value is null ? null : convert(value, CultureInfo.InvariantCulture)));

    private static string Text(object value) => value switch
    {
        string text => text,
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(item => item is null ? "" : Text(item)))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
