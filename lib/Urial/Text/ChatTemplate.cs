using System.Text.Json;

namespace Urial;

/// <summary>
/// A model's own way to write a conversation as text, as transformers' <c>apply_chat_template</c> renders it.
/// A template is parsed when it is first used: a model whose template this library cannot read still answers verbatim prompts.
/// </summary>
public sealed class ChatTemplate
{
    private readonly Lazy<JinjaTemplate> _template;
    private readonly string? _bos;
    private readonly string? _eos;

    /// <summary>A template from its source.</summary>
    /// <param name="source">In Jinja.</param>
    /// <param name="file">The file that it comes from, for messages.</param>
    /// <param name="bos">What <c>bos_token</c> stands for, if the tokenizer has one.</param>
    /// <param name="eos">What <c>eos_token</c> stands for, if the tokenizer has one.</param>
    public ChatTemplate(string source, string file, string? bos = null, string? eos = null)
    {
        Source = source;
        _template = new Lazy<JinjaTemplate>(() => JinjaTemplate.Parse(source, file));
        _bos = bos;
        _eos = eos;
    }

    /// <summary>The template's source, in Jinja.</summary>
    public string Source { get; }

    /// <summary>Loads the template of a model folder: <c>chat_template.jinja</c>, or <c>chat_template</c> in tokenizer_config.json
    /// (of several, the one named default). Null where the folder has none.</summary>
    /// <exception cref="UrialException">
    /// A file is damaged, or there are several templates and none is the default, or two have one name.
    /// </exception>
    public static ChatTemplate? TryLoad(string directory)
    {
        var names = SpecialTokenNames.Load(directory);
        var path = Path.Combine(directory, "chat_template.jinja");
        if (Path.Exists(path))
            return new ChatTemplate(InputFile.Text(path, "chat template"), path, names.Bos, names.Eos);
        path = Path.Combine(directory, "tokenizer_config.json");
        if (!Path.Exists(path))
            return null;
        var json = new TokenizerJson(path);
        var source = json.Find(json.Root, "chat_template") is { ValueKind: JsonValueKind.Array } ? Default(json)
            : json.FindText(json.Root, "chat_template");
        return source is null ? null : new ChatTemplate(source, path, names.Bos, names.Eos);
    }

    /// <summary>Writes a conversation as text.</summary>
    /// <param name="messages">The turns, in order.</param>
    /// <param name="addGenerationPrompt">Whether the text ends where the model's answer begins.</param>
    /// <exception cref="UrialException">
    /// The template uses something unsupported (named with its line), or refuses the conversation.
    /// </exception>
    public string Render(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt = true)
    {
        var variables = new Dictionary<string, object?>
        {
            ["messages"] = messages.Select(
                message => (object?)new Dictionary<string, object?> { ["role"] = message.Role, ["content"] = message.Content }).ToList(),
            ["add_generation_prompt"] = addGenerationPrompt,
        };
        if (_bos is not null)
            variables["bos_token"] = _bos;
        if (_eos is not null)
            variables["eos_token"] = _eos;
        return _template.Value.Render(variables);
    }

    private static string Default(TokenizerJson json)
    {
        var templates = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in json.List(json.Root, "chat_template"))
            if (!templates.TryAdd(json.Text(entry, "name"), json.Text(entry, "template")))
                throw json.Error($"has two chat templates named {json.Text(entry, "name")}, and which one is meant is not said. Remove "
                    + "one of them");
        return templates.TryGetValue("default", out var source)
            ? source
            : throw json.Error($"has {templates.Count} chat templates ({string.Join(", ", templates.Keys)}) and none is named default");
    }
}
