using System.Text.Json;

namespace Urial;

/// <summary>
/// A model's own way to write a conversation as text, as transformers' <c>apply_chat_template</c> renders it.
/// A template is parsed when it is first used: a model whose template this library cannot read still answers verbatim prompts.
/// </summary>
public sealed class ChatTemplate
{
    private readonly Lazy<JinjaTemplate> _template;
    private readonly Lazy<JinjaTemplate>? _withTools;
    private readonly IReadOnlyDictionary<string, JsonElement> _specialTokens;

    /// <summary>A template from its source.</summary>
    /// <param name="source">In Jinja.</param>
    /// <param name="file">The file that it comes from, for messages.</param>
    /// <param name="bos">What <c>bos_token</c> stands for, if the tokenizer has one.</param>
    /// <param name="eos">What <c>eos_token</c> stands for, if the tokenizer has one.</param>
    public ChatTemplate(string source, string file, string? bos = null, string? eos = null)
        : this(new ChatTemplateFile(source, file, null, null), Tokens(bos, eos))
    {
    }

    internal ChatTemplate(ChatTemplateFile found, IReadOnlyDictionary<string, JsonElement> specialTokens)
    {
        Source = found.Source;
        _template = new Lazy<JinjaTemplate>(() => JinjaTemplate.Parse(found.Source, found.File));
        _withTools = found.WithTools is { } source
            ? new Lazy<JinjaTemplate>(() => JinjaTemplate.Parse(source, found.WithToolsFile ?? found.File)) : null;
        _specialTokens = specialTokens;
    }

    /// <summary>The template's source, in Jinja.</summary>
    public string Source { get; }

    /// <summary>What <c>strftime_now</c> takes for the time, in whose zone the template's dates are.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Loads the template of a model folder: <c>chat_template.jinja</c> (and <c>additional_chat_templates/*.jinja</c>), or else
    /// <c>chat_template</c> in tokenizer_config.json. Of several, the one named default, and tool_use where a conversation brings tools.
    /// Null where the folder has none.
    /// </summary>
    /// <exception cref="UrialException">
    /// A file is damaged, or there are several templates and none is the default, or two have one name.
    /// </exception>
    public static ChatTemplate? TryLoad(string directory) => ChatTemplateFile.TryFind(directory) is { } found
        ? new ChatTemplate(found, SpecialTokenNames.Variables(directory)) : null;

    /// <summary>A template that a model folder has not, for its special tokens.</summary>
    internal static ChatTemplate For(string source, string directory) =>
        new(new ChatTemplateFile(source, "the template of this library", null, null), SpecialTokenNames.Variables(directory));

    /// <summary>As the other; the first folder that has a template, in whichever file, gives it.</summary>
    internal static ChatTemplate? TryLoad(FileLayers folders) =>
        folders.Folders.Select(ChatTemplateFile.TryFind).FirstOrDefault(file => file is not null) is { } found
            ? new ChatTemplate(found, SpecialTokenNames.Variables(folders)) : null;

    /// <summary>Writes a conversation as text.</summary>
    /// <param name="messages">The turns, in order.</param>
    /// <param name="addGenerationPrompt">Whether the text ends where the model's answer begins.</param>
    /// <exception cref="UrialException">
    /// The template uses something unsupported (named with its line), or refuses the conversation.
    /// </exception>
    public string Render(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt = true) => Render(JsonSerializer.SerializeToElement(
        new Dictionary<string, object>
        {
            ["messages"] = messages.Select(message => new { role = message.Role, content = message.Content }),
            ["add_generation_prompt"] = addGenerationPrompt,
        }));

    /// <summary>The token behind an assistant's answer that ends it; null where there is none.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="ends">Ids that end an answer though they are not special.</param>
    /// <exception cref="UrialException">The template refuses a turn of each role.</exception>
    internal int? EndOfTurn(HfTokenizer tokenizer, IReadOnlyList<int> ends)
    {
        const string mark = "\ue000";
        var text = Render([new ChatMessage("user", "?"), new ChatMessage("assistant", mark)], addGenerationPrompt: false);
        var at = text.LastIndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? null : tokenizer.Encode(text[(at + mark.Length)..]).Cast<int?>()
            .FirstOrDefault(id => tokenizer.IsSpecial(id!.Value) || ends.Contains(id.Value));
    }

    /// <summary>Writes a conversation as text, with whatever else the template is to know.</summary>
    /// <param name="conversation">
    /// A list of messages (objects with a role, a content, and what else the template reads), or an object with <c>messages</c>,
    /// <c>add_generation_prompt</c> (false where it is missing, as in transformers), <c>tools</c>, <c>documents</c>, and further keys,
    /// each of which is a variable of the template.
    /// </param>
    /// <exception cref="UrialException">
    /// The conversation is neither, or the template uses something unsupported (named with its line), or refuses the conversation.
    /// </exception>
    public string Render(JsonElement conversation)
    {
        var variables = ChatVariables.Of(conversation, _specialTokens);
        var template = variables["tools"] is not null && _withTools is not null ? _withTools : _template;
        return template.Value.Render(variables, Clock.GetLocalNow);
    }

    private static Dictionary<string, JsonElement> Tokens(string? bos, string? eos)
    {
        var tokens = new Dictionary<string, JsonElement>();
        if (bos is not null)
            tokens["bos_token"] = JsonSerializer.SerializeToElement(bos);
        if (eos is not null)
            tokens["eos_token"] = JsonSerializer.SerializeToElement(eos);
        return tokens;
    }
}
