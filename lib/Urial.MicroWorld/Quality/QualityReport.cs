using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Urial.MicroWorld;

/// <summary>A model's measured quality, as stored beside its weights in <c>quality.json</c> and shown in its model card.</summary>
public sealed record QualityReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>What was measured: <c>base</c> (prompts of blocks) or <c>aligned</c> (chat template).</summary>
    public required string Kind { get; init; }

    /// <summary>The precision in which the model ran: <c>f32</c> or <c>bf16</c>; null for a stand-in.</summary>
    public string? Precision { get; init; }

    /// <summary>The seed from which all prompts were drawn.</summary>
    public required int Seed { get; init; }

    /// <summary>How many trials each cell was asked to hold; each cell has its own n.</summary>
    public required int N { get; init; }

    /// <summary>The proportions.</summary>
    public required IReadOnlyList<QualityCell> Cells { get; init; }

    /// <summary>The answers' lengths.</summary>
    public required IReadOnlyList<QualityLength> Lengths { get; init; }

    /// <summary>The cell of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public QualityCell this[string name] => Cells.FirstOrDefault(c => c.Name == name)
        ?? throw new KeyNotFoundException(
            $"No cell '{name}' in the quality report of {Model}; it has: {string.Join("; ", Cells.Select(c => c.Name))}.");

    /// <summary>Whether every cell meets its target.</summary>
    [JsonIgnore]
    public bool AllMet => Cells.All(c => c.Met);

    /// <summary>The cells that have a target, as a chart draws them beside it.</summary>
    [JsonIgnore]
    public IReadOnlyList<MeasuredQuality> Bars =>
        [.. Cells.Where(cell => cell.Target is not null)
            .Select(cell => new MeasuredQuality(cell.Name, cell.Estimate, cell.Target!.Bound, cell.Target.AtMost))];

    /// <summary>Writes the report, atomically.</summary>
    public void Save(string file) => AtomicFile.WriteText(file, JsonSerializer.Serialize(this, Options) + "\n");

    /// <summary>Reads a stored report. Intervals are computed from the counts, not trusted from the file.</summary>
    /// <exception cref="UrialException">The file is missing or is no quality report.</exception>
    public static QualityReport Load(string file)
    {
        if (!File.Exists(file))
            throw new UrialException($"No {file}: measure the model's quality first.");
        try
        {
            return JsonSerializer.Deserialize<QualityReport>(InputFile.Text(file, "quality report"), Options)
                ?? throw new UrialException($"{file} is empty; measure the model's quality again.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new UrialException($"{file} is not a quality report: {e.Message}", e);
        }
    }

    /// <summary>The model card's tables: target and reached for each cell, then the lengths.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine(FormattableString.Invariant(
            $"Held-out entities, greedy decoding{(Precision is null ? "" : " in " + Precision)}, seed {Seed}; 95 % Wilson intervals."));
        text.AppendLine().AppendLine("| | measured | reached | 95 % | n | target | |").AppendLine("|---|---|---:|---|---:|---|---|");
        foreach (var cell in Cells)
            text.AppendLine(string.Create(CultureInfo.InvariantCulture,
                $"| {cell.Group} | {cell.Name} | {cell.Rate:0.000} | {cell.Low:0.000}–{cell.High:0.000} | {cell.N} "
                    + $"| {cell.Target?.ToString() ?? ""} | {Verdict(cell)} |"));
        if (Lengths.Count > 0)
        {
            text.AppendLine().AppendLine("| length of answers, words | mean | median | longest | n |")
                .AppendLine("|---|---:|---:|---:|---:|");
            foreach (var length in Lengths)
                text.AppendLine(FormattableString.Invariant(
                    $"| {length.Name} | {length.MeanWords:0.0} | {length.MedianWords:0.0} | {length.LongestWords} | {length.N} |"));
        }
        return text.ToString();
    }

    private static string Verdict(QualityCell cell) => cell.Target is null ? "" : cell.Met ? "reached" : "**missed**";
}
