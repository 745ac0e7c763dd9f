namespace Urial;

/// <summary>A way to set a query, or a conversation, as the text that a model continues.</summary>
public interface IPromptStyle
{
    /// <summary>The style's name, as the command line and charts say it.</summary>
    string Name { get; }

    /// <summary>The prompt for a conversation.</summary>
    /// <param name="conversation">
    /// A system message or none, then user and assistant in turn; it ends with the query, which is a user's.
    /// </param>
    /// <exception cref="UrialException">The turns are out of order, one is empty, or the style has no place for one.</exception>
    PromptText Prompt(IReadOnlyList<ChatMessage> conversation);
}
