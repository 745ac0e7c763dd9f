namespace Urial;

/// <summary>What a stretch of a prompt is.</summary>
public enum PromptPartKind
{
    /// <summary>Headings, fences, line breaks, a template's own tokens: what holds the other parts.</summary>
    Frame,

    /// <summary>The system text.</summary>
    System,

    /// <summary>The query of an example.</summary>
    ExampleQuery,

    /// <summary>The answer of an example.</summary>
    ExampleAnswer,

    /// <summary>A query of the conversation that is answered already.</summary>
    EarlierQuery,

    /// <summary>An answer given earlier in the conversation.</summary>
    EarlierAnswer,

    /// <summary>The query to answer.</summary>
    Query,
}
