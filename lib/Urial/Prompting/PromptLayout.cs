namespace Urial;

/// <summary>
/// How turns are written behind a prompt's examples: a query between <see cref="Query"/> and <see cref="Answer"/>, an answer up to
/// <see cref="End"/>, each turn after a <see cref="Lead"/>. Measured on what the code of Re-Align/URIAL builds
/// (src/fastchat_conversation.py;
/// <see cref="Inline"/>: src/legacy).
/// </summary>
public sealed record PromptLayout
{
    private static readonly string[] PublishedStops = ["# Query", "# User"];

    private PromptLayout()
    {
    }

    /// <summary>The layout's name.</summary>
    public required string Name { get; init; }

    /// <summary>What stands before a turn, unless nothing is before it.</summary>
    public string Lead { get; private init; } = "\n";

    /// <summary>What stands before a query.</summary>
    public required string Query { get; init; }

    /// <summary>What stands between query and answer.</summary>
    public required string Answer { get; init; }

    /// <summary>What stands after an answer.</summary>
    public required string End { get; init; }

    /// <summary>The part of <see cref="End"/> that closes a fence; null where there are no fences.</summary>
    public string? Closing { get; private init; }

    /// <summary>The strings at which an answer is cut.</summary>
    public IReadOnlyList<string> Stop { get; private init; } = PublishedStops;

    /// <summary>Whether line breaks at both ends of a message are left out.</summary>
    public bool TrimsLineBreaks { get; private init; }

    /// <summary>
    /// How turns are written in <see cref="QueryForm.Later"/> form, and wherever there are several: null where that is this layout.
    /// </summary>
    private PromptLayout? Turns { get; init; }

    /// <summary><c># Query:</c> and <c># Answer:</c> with text in fences, the fences on lines of their own.</summary>
    public static PromptLayout Fenced { get; } = new()
    {
        Name = "fenced # Query / # Answer",
        Query = "# Query:\n```\n",
        Answer = "\n```\n\n# Answer:\n```\n",
        End = "\n```\n",
        Closing = "\n```",
    };

    /// <summary>
    /// <c># Query:</c> and <c># Answer:</c> with text in fences, those of a query on the query's own line: the form of the files of the
    /// paper's runs (<c>inst_1k</c> and others). It knows one query; the turns of a conversation are written as <see cref="Fenced"/>, the
    /// later code's form.
    /// </summary>
    public static PromptLayout Inline { get; } = new()
    {
        Name = "inline # Query / # Answer",
        Query = "# Query:\n```",
        Answer = "```\n\n# Answer:\n```\n",
        End = Fenced.End,
        Closing = Fenced.Closing,
        Turns = Fenced,
    };

    /// <summary><c># User:</c> and <c># Assistant:</c> without fences, with empty lines around every text: the published v5 form.</summary>
    public static PromptLayout UserSpaced { get; } = new()
    {
        Name = "spaced # User / # Assistant (v5)",
        Query = "# User:\n\n",
        Answer = "\n\n\n# Assistant:\n\n",
        End = "\n\n",
    };

    /// <summary><c># User:</c> and <c># Assistant:</c> without fences, text right under its heading: the published v6 form.</summary>
    public static PromptLayout User { get; } = new()
    {
        Name = "close # User / # Assistant (v6)",
        Lead = "\n\n",
        Query = "# User:\n",
        Answer = "\n\n\n# Assistant:\n",
        End = "\n",
        TrimsLineBreaks = true,
    };

    /// <summary><c>User:</c> and <c>Assistant:</c>, with empty lines around every text: the published v4 form.</summary>
    public static PromptLayout Bare { get; } = new()
    {
        Name = "spaced User / Assistant (v4)",
        Query = "User:\n\n",
        Answer = "\n\n\nAssistant:\n\n",
        End = "\n\n",
        Stop = ["User:"],
    };

    /// <summary>How a conversation's turns are written behind examples in this layout.</summary>
    internal PromptLayout For(QueryForm form, Conversation turns) =>
        form == QueryForm.Later || turns.Earlier.Count > 0 ? Turns ?? this : this;

    /// <summary>A message as this layout writes it.</summary>
    internal string Write(string message) => TrimsLineBreaks ? message.Trim('\n') : message;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
