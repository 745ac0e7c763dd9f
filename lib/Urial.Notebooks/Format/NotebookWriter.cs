using System.Text.Json.Nodes;

namespace Urial.Notebooks;

/// <summary>Writes nbformat 4.5 with the metadata that keeps every host from asking which language a cell is in.</summary>
internal static class NotebookWriter
{
    public static string Write(Notebook notebook) => NotebookJson.Write(new JsonObject
    {
        ["cells"] = new JsonArray([.. notebook.Cells.Select(Cell)]),
        ["metadata"] = Metadata(notebook.Metadata),
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    });

    /// <summary>An output as nbformat has it.</summary>
    public static JsonObject Output(CellOutput output) => output switch
    {
        StreamOutput stream => new JsonObject
        {
            ["output_type"] = "stream",
            ["name"] = stream.Name,
            ["text"] = Lines(stream.Text),
        },
        ErrorOutput error => new JsonObject
        {
            ["output_type"] = "error",
            ["ename"] = error.Name,
            ["evalue"] = error.Message,
            ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
        },
        DisplayOutput display => Display(display),
        _ => throw new ArgumentException($"There is no nbformat output for {output.GetType().Name}.", nameof(output)),
    };

    private static JsonObject Display(DisplayOutput display)
    {
        var node = new JsonObject
        {
            ["output_type"] = display.ExecutionCount is null ? "display_data" : "execute_result",
            ["data"] = new JsonObject(display.Data.Select(form => KeyValuePair.Create(form.Key, (JsonNode?)Form(form.Key, form.Value)))),
            ["metadata"] = display.Metadata.DeepClone(),
        };
        if (display.ExecutionCount is { } count)
            node["execution_count"] = count;
        return node;
    }

    private static JsonNode Form(string mimeType, JsonNode content) =>
        MimeTypes.IsLines(mimeType) && content is JsonValue value && value.TryGetValue<string>(out var text) ? Lines(text)
            : content.DeepClone();

    private static JsonNode Cell(NotebookCell cell)
    {
        var node = new JsonObject
        {
            ["cell_type"] = cell.Kind.ToString().ToLowerInvariant(),
            ["id"] = cell.Id,
            ["metadata"] = cell.Metadata.DeepClone(),
            ["source"] = Lines(cell.Source),
        };
        if (cell.Attachments is { } attachments)
            node["attachments"] = attachments.DeepClone();
        if (cell.Kind != CellKind.Code)
            return node;
        var metadata = node["metadata"]!.AsObject();
        metadata.Remove("execution"); // Jupyter's clock times
        Section(metadata, "dotnet_interactive")["language"] = "csharp";
        Section(metadata, "polyglot_notebook")["kernelName"] = "csharp";
        node["execution_count"] = cell.ExecutionCount;
        node["outputs"] = new JsonArray([.. cell.Outputs.Select(Output)]);
        return node;
    }

    private static JsonObject Metadata(JsonObject given)
    {
        var metadata = (JsonObject)given.DeepClone();
        metadata["kernelspec"] = new JsonObject
        {
            ["display_name"] = ".NET (C#)",
            ["language"] = "C#",
            ["name"] = ".net-csharp",
        };
        metadata["language_info"] = new JsonObject
        {
            ["file_extension"] = ".cs",
            ["mimetype"] = "text/x-csharp",
            ["name"] = "C#",
            ["pygments_lexer"] = "csharp",
        };
        Section(metadata, "polyglot_notebook")["kernelInfo"] = new JsonObject
        {
            ["defaultKernelName"] = "csharp",
            ["items"] = new JsonArray(new JsonObject { ["aliases"] = new JsonArray(), ["languageName"] = "csharp", ["name"] = "csharp" }),
        };
        return metadata;
    }

    private static JsonObject Section(JsonObject metadata, string name)
    {
        if (metadata[name] is not JsonObject section)
            metadata[name] = section = [];
        return section;
    }

    /// <summary>Text as nbformat keeps it: one string a line, each with its LF.</summary>
    private static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add((JsonNode)text[start..end]);
            start = end;
        }
        return lines;
    }
}
