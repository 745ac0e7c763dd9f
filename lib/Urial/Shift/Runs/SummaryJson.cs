using System.Text.Json;

namespace Urial;

/// <summary>
/// The summary as JSON: <c>with_eos</c> and <c>without_eos</c>, each with counts, shares and means, and under <c>intervals</c>
/// the two ends of each number's bootstrap interval; and the same once more under <c>ended_only</c>, over the answers that ended.
/// Level, resamples and seed stand in the manifest too.
/// </summary>
internal static class SummaryJson
{
    /// <summary>
    /// Writes both views of <paramref name="table"/>; where nothing is left to count, counts of 0 and nulls. Where the models' vocabularies
    /// differ, <c>left_out</c> says what the numbers are not about; null: nothing is known of what was left out.
    /// </summary>
    public static void Write(Utf8JsonWriter json, ShiftTable table, SharedVocabulary? vocabulary)
    {
        json.WriteStartObject();
        Side(json, "with_eos", table, withEos: true);
        Side(json, "without_eos", table, withEos: false);
        if (vocabulary is not null && LeftOutJson.Of(vocabulary, table) is { } leftOut)
        {
            json.WritePropertyName("left_out");
            leftOut.WriteTo(json);
        }
        json.WriteEndObject();
    }

    private static void Side(Utf8JsonWriter json, string name, ShiftTable table, bool withEos)
    {
        json.WriteStartObject(name);
        var notEnded = Numbers(json, table, withEos);
        json.WriteNumber("n_not_ended", notEnded);
        json.WriteStartObject("ended_only");
        Numbers(json, new ShiftTable(table.Answers.ThatEnded()), withEos);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static int Numbers(Utf8JsonWriter json, ShiftTable table, bool withEos)
    {
        var summary = table.Any(withEos) ? table.Summary(withEos) : null;
        json.WriteNumber("n_positions", summary?.Positions ?? 0);
        json.WriteNumber("n_answers", summary?.Answers ?? 0);
        Numbers(json, "micro", Shares(summary?.Micro));
        Numbers(json, "macro", Shares(summary?.Macro));
        Values(json, Means(summary));
        foreach (var (name, bounds) in summary?.MeanBounds ?? new Dictionary<string, Bounds>())
        {
            json.WriteNumber($"mean_{name}_low", bounds.Low);
            if (double.IsFinite(bounds.High))
                json.WriteNumber($"mean_{name}_high", bounds.High);
            else
                json.WriteNull($"mean_{name}_high");
        }
        Intervals(json, Means(summary));
        return summary?.NotEnded ?? 0;
    }

    private static (string Name, Estimate? Value)[] Shares(ShiftShares? shares) =>
        [("unshifted", shares?.Unshifted), ("marginal", shares?.Marginal), ("shifted", shares?.Shifted)];

    private static (string Name, Estimate? Value)[] Means(ShiftSummary? summary) =>
        [.. PositionShift.Summarised.Select(column => ($"mean_{column.Name}", summary?.Means.GetValueOrDefault(column.Name)))];

    private static void Numbers(Utf8JsonWriter json, string name, (string Name, Estimate? Value)[] numbers)
    {
        json.WriteStartObject(name);
        Values(json, numbers);
        Intervals(json, numbers);
        json.WriteEndObject();
    }

    private static void Values(Utf8JsonWriter json, (string Name, Estimate? Value)[] numbers)
    {
        foreach (var (name, estimate) in numbers)
            if (estimate is null)
                json.WriteNull(name);
            else
                json.WriteNumber(name, estimate.Value);
    }

    private static void Intervals(Utf8JsonWriter json, (string Name, Estimate? Value)[] numbers)
    {
        json.WriteStartObject("intervals");
        foreach (var (name, estimate) in numbers)
        {
            if (estimate is null)
            {
                json.WriteNull(name);
                continue;
            }
            json.WriteStartArray(name);
            json.WriteNumberValue(estimate.Interval.Low);
            json.WriteNumberValue(estimate.Interval.High);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
