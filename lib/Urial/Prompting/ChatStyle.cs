namespace Urial;

/// <summary>A model's own chat template. Its text spells out the special tokens, and the answer ends with the end of sequence.</summary>
public sealed class ChatStyle : IPromptStyle
{
    private readonly IPromptedModel _model;
    private readonly ChatTemplate _template;

    /// <summary>The style of a model.</summary>
    /// <exception cref="UrialException">It has no chat template, as base models do.</exception>
    public ChatStyle(IPromptedModel model)
    {
        _model = model;
        _template = model.ChatTemplate ?? throw new UrialException(
            $"The model {model.Name} has no chat template, as base models do: choose another prompt style, or a model with chat_template "
                + "in its tokenizer_config.json.");
    }

    /// <inheritdoc/>
    public string Name => "chat";

    /// <inheritdoc/>
    public PromptText Prompt(IReadOnlyList<ChatMessage> conversation)
    {
        Conversation.Of(conversation);
        var text = _template.Render(conversation, addGenerationPrompt: true);
        return new PromptText(text, [], $"chat template of {_model.Name}") { Parts = Find(text, conversation), SpellsSpecialTokens = true };
    }

    /// <summary>
    /// The token with which the template ends a turn of the assistant: the first behind the answer that is special or ends the model's
    /// answers. Null where it ends turns with none.
    /// </summary>
    /// <exception cref="UrialException">The template cannot be read, or refuses a conversation of one question and one answer.</exception>
    internal int? EndOfTurn => _template.EndOfTurn(_model.Tokenizer, _model.EndIds);

    /// <summary>
    /// Where the messages stand in the rendered text: the template is rendered once more with a mark in each message's place. A template
    /// may trim messages; of one that rewrites them the whole text is frame.
    /// </summary>
    private IReadOnlyList<PromptPart> Find(string text, IReadOnlyList<ChatMessage> conversation)
    {
        string marked;
        try
        {
            marked = _template.Render([.. conversation.Select((message, i) => message with { Content = Mark(i) })],
                addGenerationPrompt: true);
        }
        catch (UrialException)
        {
            return [new PromptPart(PromptPartKind.Frame, text)];
        }
        foreach (var trimmed in new[] { false, true })
        {
            var parts = Split(marked, conversation, trimmed);
            if (string.Concat(parts.Select(part => part.Text)) == text)
                return parts;
        }
        return [new PromptPart(PromptPartKind.Frame, text)];
    }

    private static string Mark(int message) => $"\ue000{message}\ue001";

    private static IReadOnlyList<PromptPart> Split(string marked, IReadOnlyList<ChatMessage> conversation, bool trimmed)
    {
        var parts = new List<PromptPart>();
        var first = conversation[0].Role == "system" ? 1 : 0;
        var place = 0;
        for (var i = 0; i < conversation.Count; i++)
        {
            var at = marked.IndexOf(Mark(i), place, StringComparison.Ordinal);
            if (at < 0)
                continue;
            if (at > place)
                parts.Add(new PromptPart(PromptPartKind.Frame, marked[place..at]));
            place = at + Mark(i).Length;
            var kind = i < first ? PromptPartKind.System
                : i == conversation.Count - 1 ? PromptPartKind.Query
                : (i - first) % 2 == 0 ? PromptPartKind.EarlierQuery : PromptPartKind.EarlierAnswer;
            var number = kind is PromptPartKind.EarlierQuery or PromptPartKind.EarlierAnswer ? (i - first) / 2 + 1 : 0;
            parts.Add(new PromptPart(kind, trimmed ? conversation[i].Content.Trim() : conversation[i].Content, number));
        }
        if (place < marked.Length)
            parts.Add(new PromptPart(PromptPartKind.Frame, marked[place..]));
        return parts;
    }
}
