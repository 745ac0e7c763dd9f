using System.Text.Json;

namespace Urial;

/// <summary>The chat template that a model folder holds, found as transformers finds it.</summary>
/// <param name="Source">The template, in Jinja.</param>
/// <param name="File">The file that it comes from.</param>
/// <param name="WithTools">The template for conversations with tools, where there is one of its own.</param>
/// <param name="WithToolsFile">The file that it comes from; null: the same file.</param>
internal sealed record ChatTemplateFile(string Source, string File, string? WithTools, string? WithToolsFile)
{
    private const string Default = "default";
    private const string ToolUse = "tool_use";

    /// <summary>Finds the template; null where the folder has none.</summary>
    /// <exception cref="UrialException">A file is damaged, or there are several templates and none is the default.</exception>
    public static ChatTemplateFile? TryFind(string directory)
    {
        // Files come before the entry of tokenizer_config.json, and replace it as a whole.
        var templates = new Dictionary<string, (string Source, string File)>(StringComparer.Ordinal);
        var path = Path.Combine(directory, "chat_template.jinja");
        if (Path.Exists(path))
            templates[Default] = (InputFile.Text(path, "chat template"), path);
        var others = Path.Combine(directory, "additional_chat_templates");
        if (Directory.Exists(others))
            foreach (var other in Directory.GetFiles(others, "*.jinja").Order(StringComparer.Ordinal))
                templates[Path.GetFileNameWithoutExtension(other)] = (InputFile.Text(other, "chat template"), other);
        return templates.Count > 0 ? Choose(templates, directory) : TryFindInConfig(Path.Combine(directory, "tokenizer_config.json"));
    }

    private static ChatTemplateFile? TryFindInConfig(string path)
    {
        if (!Path.Exists(path))
            return null;
        var json = new TokenizerJson(path);
        if (json.Find(json.Root, "chat_template") is not { ValueKind: JsonValueKind.Array })
            return json.FindText(json.Root, "chat_template") is { } source ? new ChatTemplateFile(source, path, null, null) : null;
        var templates = new Dictionary<string, (string Source, string File)>(StringComparer.Ordinal);
        foreach (var entry in json.List(json.Root, "chat_template"))
            if (!templates.TryAdd(json.Text(entry, "name"), (json.Text(entry, "template"), path)))
                throw json.Error($"has two chat templates named {json.Text(entry, "name")}, and which one is meant is not said. Remove "
                    + "one of them");
        return Choose(templates, path);
    }

    private static ChatTemplateFile Choose(Dictionary<string, (string Source, string File)> templates, string place)
    {
        if (!templates.TryGetValue(Default, out var chosen))
            throw new UrialException($"{place} has {templates.Count} chat templates ({string.Join(", ", templates.Keys)}) and none is "
                + "named default: name one of them so.");
        var tools = templates.TryGetValue(ToolUse, out var own);
        return new ChatTemplateFile(chosen.Source, chosen.File, tools ? own.Source : null, tools ? own.File : null);
    }
}
