using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Urial.Notebooks;

/// <summary>One cell of a notebook.</summary>
public sealed partial class NotebookCell
{
    /// <summary>A cell.</summary>
    /// <param name="kind">Code, Markdown or raw.</param>
    /// <param name="id">1–64 letters, digits, hyphens or underscores; unique in its notebook.</param>
    /// <param name="source">Its text, lines ending in LF.</param>
    /// <param name="metadata">Its nbformat metadata.</param>
    /// <param name="attachments">A Markdown cell's embedded files, name to MIME bundle.</param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is not an nbformat cell id.</exception>
    public NotebookCell(CellKind kind, string id, string source, JsonObject? metadata = null, JsonObject? attachments = null)
    {
        if (!IsId(id))
            throw new ArgumentException($"A cell id is 1–64 letters, digits, hyphens or underscores, and this is '{id}'.", nameof(id));
        Kind = kind;
        Id = id;
        Source = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        Metadata = metadata ?? [];
        Attachments = attachments;
    }

    /// <summary>Code, Markdown or raw.</summary>
    public CellKind Kind { get; }

    /// <summary>The cell's name, which stays when cells move.</summary>
    public string Id { get; }

    /// <summary>The cell's text, lines ending in LF.</summary>
    public string Source { get; }

    /// <summary>nbformat metadata, kept as read.</summary>
    public JsonObject Metadata { get; }

    /// <summary>A Markdown cell's embedded files, or null.</summary>
    public JsonObject? Attachments { get; }

    /// <summary>The number that a host shows as <c>[n]</c>, or null where the cell has not run.</summary>
    public int? ExecutionCount { get; init; }

    /// <summary>What the cell produced, in order.</summary>
    public IReadOnlyList<CellOutput> Outputs { get; init; } = [];

    /// <summary>The same cell with other results.</summary>
    public NotebookCell WithResults(int? executionCount, IReadOnlyList<CellOutput> outputs) =>
        new(Kind, Id, Source, Metadata, Attachments) { ExecutionCount = executionCount, Outputs = outputs };

    /// <summary>Whether nbformat's <c>metadata.tags</c> holds <paramref name="tag"/>.</summary>
    public bool HasTag(string tag) =>
        Metadata["tags"] is JsonArray tags && tags.Any(t => t is JsonValue v && v.TryGetValue<string>(out var name) && name == tag);

    /// <summary>Whether <paramref name="text"/> may be a cell's id.</summary>
    internal static bool IsId(string text) => IdPattern().IsMatch(text);

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex IdPattern();
}
