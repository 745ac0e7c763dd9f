namespace Urial;

/// <summary>Puts a prompt together, part by part, and keeps what each part is.</summary>
internal sealed class PromptBuilder
{
    private readonly List<PromptPart> _parts = [];

    public string Text => string.Concat(_parts.Select(part => part.Text));

    public void Frame(string text)
    {
        if (text.Length == 0)
            return;
        if (_parts.Count > 0 && _parts[^1].Kind == PromptPartKind.Frame)
            _parts[^1] = _parts[^1] with { Text = _parts[^1].Text + text };
        else
            _parts.Add(new PromptPart(PromptPartKind.Frame, text));
    }

    public void Add(PromptPartKind kind, string text, int number = 0)
    {
        if (text.Length > 0)
            _parts.Add(new PromptPart(kind, text, number));
    }

    /// <summary>A system text under the heading of an instruction section.</summary>
    public void System(string text)
    {
        Frame("# Instruction\n\n");
        Add(PromptPartKind.System, text);
        Frame("\n");
    }

    /// <summary>Examples as earlier turns would stand.</summary>
    public void Examples(IEnumerable<PromptExample> examples, PromptLayout layout)
    {
        var number = 0;
        foreach (var (query, answer) in examples)
            Turn(layout, (PromptPartKind.ExampleQuery, query), (PromptPartKind.ExampleAnswer, answer), ++number);
    }

    /// <summary>A conversation's turns: those answered already, and the query, up to where its answer begins.</summary>
    public void Turns(Conversation conversation, PromptLayout layout)
    {
        var number = 0;
        foreach (var (query, answer) in conversation.Earlier)
            Turn(layout, (PromptPartKind.EarlierQuery, query), (PromptPartKind.EarlierAnswer, answer), ++number);
        Turn(layout, (PromptPartKind.Query, conversation.Query), null, 0);
    }

    public PromptText Build(IReadOnlyList<string> stop, string provenance, string? closing) =>
        new(Text, stop, provenance) { Parts = _parts, Closing = closing };

    private void Turn(PromptLayout layout, (PromptPartKind Kind, string Text) query, (PromptPartKind Kind, string Text)? answer, int number)
    {
        Frame((_parts.Count == 0 ? "" : layout.Lead) + layout.Query);
        Add(query.Kind, layout.Write(query.Text), number);
        Frame(layout.Answer);
        if (answer is not { } given)
            return;
        Add(given.Kind, layout.Write(given.Text), number);
        Frame(layout.End);
    }
}
