using System.Text.Encodings.Web;
using System.Text.Json;

namespace Urial;

/// <summary>Positions as JSON lines: the columns of <see cref="PositionShift.Columns"/>, lists of top tokens where any were kept.</summary>
internal static class PositionsJsonl
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string FileName = "positions.jsonl";

    /// <summary>Writes one line for each position of each answer.</summary>
    public static void Write(Stream stream, IEnumerable<ShiftedAnswer> answers) => Write(stream, answers, PositionShift.Columns);

    /// <summary>The same with other columns.</summary>
    public static void Write(Stream stream, IEnumerable<ShiftedAnswer> answers, IReadOnlyList<PositionColumn> columns)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        foreach (var answer in answers)
            for (var i = 0; i < answer.Positions.Count; i++)
            {
                json.WriteStartObject();
                foreach (var column in columns)
                    Write(json, column, answer, i);
                json.WriteEndObject();
                json.Flush();
                stream.WriteByte((byte)'\n');
                json.Reset();
            }
    }

    /// <summary>The positions in the file's order, each with the id of its answer and its token's spelling.</summary>
    /// <exception cref="UrialException">The file cannot be read or has a bad line; the message names it.</exception>
    public static IReadOnlyList<(string Id, string Token, PositionShift Shift)> Read(string path) =>
        JsonLines.ReadAll(path, "file of positions", "the columns that `urial shift` writes", Position, JsonIds.None);

    private static (string Id, string Token, PositionShift Shift) Position(JsonLine line)
    {
        try
        {
            return (line.Need("id"), line.Need("token"), new PositionShift
            {
                Position = Field("position").GetInt32(),
                TokenId = Field("token_id").GetInt32(),
                BaseRank = Field("base_rank").GetInt32(),
                BaseProbability = Field("base_prob").GetDouble(),
                AlignedProbability = Field("aligned_prob").GetDouble(),
                KlAlignedBase = Number("kl_aligned_base"),
                KlBaseAligned = Number("kl_base_aligned"),
                Js = Number("js"),
                BaseEntropy = Number("base_entropy"),
                AlignedEntropy = Number("aligned_entropy"),
                RankCensored = line.Json.TryGetProperty("base_rank_censored", out var censored) && censored.GetBoolean(),
                Bounds = line.Json.TryGetProperty("js_low", out _) ? ShiftBounds.OfColumns(Number) : null,
                AlignedArgmaxId = Field("aligned_argmax_id").GetInt32(),
                IsEos = Field("is_eos").GetBoolean(),
                BaseTop = Top("base_top"),
                AlignedTop = Top("aligned_top"),
            });
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UrialException($"The line is no position of a run ({e.Message}).", e);
        }

        JsonElement Field(string name) => line.Json.GetProperty(name);

        double Number(string name) => Field(name) is { ValueKind: not JsonValueKind.Null } number ? number.GetDouble() : double.NaN;

        TopToken[] Top(string name) => !line.Json.TryGetProperty($"{name}_ids", out var ids) ? []
            : [.. ids.EnumerateArray().Zip(Field($"{name}_probs").EnumerateArray(), (id, p) => new TopToken(id.GetInt32(), p.GetDouble()))];
    }

    private static void Write(Utf8JsonWriter json, PositionColumn column, ShiftedAnswer answer, int i)
    {
        switch (column)
        {
            case PositionColumn<string> text: json.WriteString(column.Name, text.Value(answer, i)); break;
            case PositionColumn<bool> flag: json.WriteBoolean(column.Name, flag.Value(answer, i)); break;
            case PositionColumn<int> whole: json.WriteNumber(column.Name, whole.Value(answer, i)); break;
            case PositionColumn<double> number: json.WriteNumber(column.Name, number.Value(answer, i)); break;
            case PositionColumn<double?> known when known.Value(answer, i) is { } value: json.WriteNumber(column.Name, value); break;
            case PositionColumn<double?>: json.WriteNull(column.Name); break;
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
