using System.Text.Json.Nodes;
using Urial.Notebooks;

namespace Urial.Tests;

/// <summary>Tiny notebooks, built and run.</summary>
internal static class Cells
{
    public const string File = "99-tiny.ipynb";

    /// <summary>A notebook of code cells.</summary>
    public static Notebook Code(params string[] sources) => new(File, [.. sources.Select((source, i) => Cell(CellKind.Code, source, i))]);

    public static NotebookCell Cell(CellKind kind, string source, int number) =>
        new(kind, FormattableString.Invariant($"cell-{number}"), source);

    /// <summary>Runs code cells in the folder of the chapters.</summary>
    public static Task<NotebookRun> RunAsync(params string[] sources) => RunAsync(Code(sources));

    public static async Task<NotebookRun> RunAsync(Notebook notebook, string? folder = null, TimeSpan? timeout = null)
    {
        folder ??= Directory.CreateDirectory(Repository.Path("notebooks")).FullName;
        return await new NotebookRunner(timeout).RunAsync(notebook, folder);
    }

    /// <summary>Everything a cell printed and showed, as lines of <c>kind: text</c>.</summary>
    public static IEnumerable<string> Shown(this NotebookRun run, int cell) =>
        run.Executed.Cells[cell].Outputs.Select(output => output switch
    {
        StreamOutput s => $"{s.Name}: {s.Text}",
        DisplayOutput { ExecutionCount: null } d => $"display: {d.Text(MimeTypes.Text)}",
        DisplayOutput d => $"value: {d.Text(MimeTypes.Text)}",
        ErrorOutput e => $"error: {e.Name}: {e.Message}",
        _ => output.ToString(),
    });

    public static DisplayOutput Figure(string json, string? png = null, string text = "A chart of two bars: 1 and 2.")
    {
        var output = new DisplayOutput([new(MimeTypes.Plotly, JsonNode.Parse(json)!), new(MimeTypes.Text, JsonValue.Create(text))]);
        return png is null ? output : output.With(MimeTypes.Png, JsonValue.Create(png));
    }
}
