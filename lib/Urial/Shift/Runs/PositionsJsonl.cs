using System.Text.Encodings.Web;
using System.Text.Json;

namespace Urial;

/// <summary>Positions as JSON lines: the columns of <see cref="PositionShift.Columns"/>, lists of top tokens where any were kept.</summary>
internal static class PositionsJsonl
{
    /// <summary>Writes one line for each position of each answer.</summary>
    public static void Write(Stream stream, IReadOnlyList<ShiftedAnswer> answers)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        foreach (var answer in answers)
            for (var i = 0; i < answer.Positions.Count; i++)
            {
                json.WriteStartObject();
                foreach (var column in PositionShift.Columns)
                    Write(json, column, answer, i);
                json.WriteEndObject();
                json.Flush();
                stream.WriteByte((byte)'\n');
                json.Reset();
            }
    }

    private static void Write(Utf8JsonWriter json, PositionColumn column, ShiftedAnswer answer, int i)
    {
        switch (column)
        {
            case PositionColumn<string> text: json.WriteString(column.Name, text.Value(answer, i)); break;
            case PositionColumn<bool> flag: json.WriteBoolean(column.Name, flag.Value(answer, i)); break;
            case PositionColumn<int> whole: json.WriteNumber(column.Name, whole.Value(answer, i)); break;
            case PositionColumn<double> number: json.WriteNumber(column.Name, number.Value(answer, i)); break;
            case PositionColumn<IReadOnlyList<int>> ids: List(ids.Value(answer, i), json.WriteNumberValue); break;
            case PositionColumn<IReadOnlyList<double>> numbers: List(numbers.Value(answer, i), json.WriteNumberValue); break;
            default: throw new NotSupportedException($"JSON lines cannot hold the column {column}.");
        }

        void List<T>(IReadOnlyList<T> values, Action<T> write)
        {
            if (values.Count == 0)
                return;
            json.WriteStartArray(column.Name);
            foreach (var value in values)
                write(value);
            json.WriteEndArray();
        }
    }
}
