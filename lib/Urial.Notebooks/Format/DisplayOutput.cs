using System.Text.Json.Nodes;

namespace Urial.Notebooks;

/// <summary>
/// A displayed value in one or several forms (<c>display_data</c>, or <c>execute_result</c> for a cell's last expression).
/// </summary>
public sealed record DisplayOutput : CellOutput
{
    /// <summary>A displayed value.</summary>
    /// <param name="data">MIME type to content: text and base64 as JSON strings, JSON types as JSON values.</param>
    /// <param name="executionCount">The cell's number where the value is its last expression; null for <c>display(x)</c>.</param>
    /// <param name="metadata">nbformat's output metadata.</param>
    /// <exception cref="ArgumentException"><paramref name="data"/> is empty.</exception>
    public DisplayOutput(IEnumerable<KeyValuePair<string, JsonNode>> data, int? executionCount = null, JsonObject? metadata = null)
    {
        Data = new SortedDictionary<string, JsonNode>(data.ToDictionary(), StringComparer.Ordinal);
        if (Data.Count == 0)
            throw new ArgumentException("A displayed value has at least one form, and here are 0.", nameof(data));
        ExecutionCount = executionCount;
        Metadata = metadata ?? [];
    }

    /// <summary>MIME type to content.</summary>
    public IReadOnlyDictionary<string, JsonNode> Data { get; }

    /// <summary>The cell's number, where this is the value of its last expression.</summary>
    public int? ExecutionCount { get; }

    /// <summary>nbformat's output metadata; usually empty.</summary>
    public JsonObject Metadata { get; }

    /// <summary>The form under <paramref name="mimeType"/> as text, or null where there is none or it is no text.</summary>
    public string? Text(string mimeType) =>
        Data.TryGetValue(mimeType, out var node) && node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The same output with one form added or replaced.</summary>
    public DisplayOutput With(string mimeType, JsonNode content) =>
        new(Data.Where(form => form.Key != mimeType).Append(new(mimeType, content)), ExecutionCount, Metadata.DeepClone().AsObject());
}
