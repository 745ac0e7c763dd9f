using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Urial.Notebooks;

/// <summary>Reads nbformat 4 and says what is wrong with what is not: file, cell, remedy.</summary>
internal sealed partial class NotebookReader
{
    private readonly string _path;
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    private NotebookReader(string path) => _path = path;

    public static Notebook Read(string text, string path)
    {
        var reader = new NotebookReader(path);
        try
        {
            var root = JsonNode.Parse(WholeCharacters(text), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
            return reader.ReadNotebook(root);
        }
        catch (JsonException e)
        {
            throw reader.Error(
                $"is not valid JSON (line {e.LineNumber + 1}: {e.Message.Split(" LineNumber")[0]})",
                text.Contains("<<<<<<<", StringComparison.Ordinal) ? "it holds merge conflict markers: resolve the conflict"
                    : "restore it with git checkout, or save it again from VS Code or Jupyter", e);
        }
        catch (InvalidOperationException e)
        {
            throw reader.Error($"holds a value of the wrong kind ({e.Message})", "save it again from VS Code or Jupyter", e);
        }
    }

    private Notebook ReadNotebook(JsonNode? root)
    {
        if (root is not JsonObject notebook || notebook["nbformat"] is not JsonValue format || !format.TryGetValue<int>(out var major))
            throw Error("is JSON, but no notebook: it has no nbformat number", "open the right file");
        if (major != 4)
            throw Error($"has nbformat {major}, and nbformat 4 is read here", "open it in Jupyter and save it, which converts it");
        if (notebook["cells"] is not JsonArray cells)
            throw Error("has no list of cells", "save it again from VS Code or Jupyter");

        var metadata = Object(notebook["metadata"], "the notebook's metadata");
        if (Text(metadata["kernelspec"]?["language"]) is { } language && !IsCSharp(language))
            throw Error($"is written in {language}, and C# is run here", "choose the kernel .NET (C#) for it");

        // Ids first, so that a made-up one does not meet a written one further down.
        foreach (var (cell, number) in Numbered(cells))
            if (cell["id"] is { } id && !_ids.Add(Id(id, number)))
                throw Error(number, $"has the id '{Id(id, number)}', which an earlier cell has too",
                    "give it another id, or delete it and let this program make one");
        return new Notebook(Path.GetFileName(_path), [.. Numbered(cells).Select(c => ReadCell(c.Cell, c.Number))], Copy(metadata));
    }

    private IEnumerable<(JsonObject Cell, int Number)> Numbered(JsonArray cells) =>
        cells.Select((cell, i) => (cell as JsonObject ?? throw Error(i + 1, "is no JSON object", "delete it"), i + 1));

    private NotebookCell ReadCell(JsonObject cell, int number)
    {
        var kind = Text(cell["cell_type"]) switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            var other => throw Error(number, $"is of type '{other}'", "a cell is code, markdown or raw"),
        };
        var source = Lines(cell["source"]) ?? throw Error(number, "has no source text", "its source is a string or a list of strings");
        var metadata = Copy(Object(cell["metadata"], $"cell {number}'s metadata"));
        var id = cell["id"] is { } given ? Id(given, number) : NewId(source, number);
        var attachments = cell["attachments"] as JsonObject;
        if (kind != CellKind.Code)
            return new NotebookCell(kind, id, source, metadata, attachments is null ? null : Copy(attachments));

        if (Text(metadata["polyglot_notebook"]?["kernelName"]) is { } kernel && !IsCSharp(kernel))
            throw Error(number, $"is written in {kernel}",
                "every code cell here is C#: set its language to C#, or make it a Markdown cell");
        var outputs = cell["outputs"] as JsonArray ?? [];
        var count = cell["execution_count"] is JsonValue v && v.TryGetValue<int>(out var n) ? n : (int?)null;
        return new NotebookCell(kind, id, source, metadata)
        {
            ExecutionCount = count,
            Outputs = [.. outputs.Select(o => ReadOutput(o, number))],
        };
    }

    private CellOutput ReadOutput(JsonNode? output, int number)
    {
        switch (Text(output?["output_type"]))
        {
            case "stream":
                return new StreamOutput(Text(output!["name"]) ?? "stdout", Lines(output["text"]) ?? "");
            case "error":
                var traceback = output!["traceback"] as JsonArray ?? [];
                return new ErrorOutput(Text(output["ename"]) ?? "", Text(output["evalue"]) ?? "",
                    [.. traceback.Select(t => Text(t) ?? "")]);
            case "display_data" or "execute_result" when output!["data"] is JsonObject { Count: > 0 } data:
                var count = output["execution_count"] is JsonValue v && v.TryGetValue<int>(out var n) ? n : (int?)null;
                return new DisplayOutput(data.Select(form => KeyValuePair.Create(form.Key, Form(form.Key, form.Value, number))), count,
                    Copy(Object(output["metadata"], "an output's metadata")));
            case var other:
                throw Error(number, $"has an output of type '{other}' without content", "clear the notebook's outputs and save it");
        }
    }

    private JsonNode Form(string mimeType, JsonNode? content, int number)
    {
        if (!MimeTypes.IsJson(mimeType) && Lines(content) is { } text)
            return JsonValue.Create(text);
        return content?.DeepClone()
            ?? throw Error(number, $"has an empty output of type {mimeType}", "clear the notebook's outputs and save it");
    }

    private string Id(JsonNode id, int number) => Text(id) is { } text && NotebookCell.IsId(text)
        ? text
        : throw Error(number, $"has the id {id.ToJsonString()}",
            "an id is 1–64 letters, digits, hyphens or underscores: delete it and this program makes one");

    /// <summary>The same id for the same notebook, on every machine.</summary>
    private string NewId(string source, int number)
    {
        for (var salt = 0; ; salt++)
        {
            var id = ContentHash.Of($"{number}\n{salt}\n{source}")[..8];
            if (_ids.Add(id))
                return id;
        }
    }

    private JsonObject Object(JsonNode? node, string what) => node switch
    {
        null => [],
        JsonObject o => o,
        _ => throw Error($"has no object where {what} should be", "save it again from VS Code or Jupyter"),
    };

    /// <summary>
    /// The same JSON with U+FFFD for each escaped half of a surrogate pair that lacks the other half: an old output that holds one is no
    /// reason not to run the notebook, and no text can hold it.
    /// </summary>
    private static string WholeCharacters(string json) => Escape().Replace(json, escape =>
        escape.Groups["half"].Success ? "\\ufffd" : escape.Value);

    // Every escape is looked at, so that an escaped backslash before a "u" is not taken for the beginning of one.
    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
        RegexOptions.Singleline)]
    private static partial Regex Escape();

    private static bool IsCSharp(string language) => language.ToUpperInvariant() is "C#" or "CSHARP" or "POLYGLOT-NOTEBOOK" or ".NET";

    private static JsonObject Copy(JsonObject node) => (JsonObject)node.DeepClone();

    private static string? Text(JsonNode? node) => node is JsonValue v && v.TryGetValue<string>(out var text) ? text : null;

    private static string? Lines(JsonNode? node) => node switch
    {
        JsonArray lines when lines.All(l => Text(l) is not null) => string.Concat(lines.Select(Text)),
        _ => Text(node),
    };

    private UrialException Error(int number, string wrong, string remedy) => Error($"cell {number} {wrong}", remedy);

    private UrialException Error(string wrong, string remedy, Exception? inner = null)
    {
        var message = wrong.StartsWith("cell ", StringComparison.Ordinal) ? $"{_path}, {wrong}: {remedy}." : $"{_path} {wrong}: {remedy}.";
        return inner is null ? new UrialException(message) : new UrialException(message, inner);
    }
}
