namespace Urial;

/// <summary>A conversation whose turns are in order: what a prompt style writes down.</summary>
public sealed class Conversation
{
    private Conversation(string? system, IReadOnlyList<(string Query, string Answer)> earlier, string query) =>
        (System, Earlier, Query) = (system, earlier, query);

    /// <summary>The system message; null where there is none.</summary>
    public string? System { get; }

    /// <summary>The turns that are answered already, oldest first.</summary>
    public IReadOnlyList<(string Query, string Answer)> Earlier { get; }

    /// <summary>The query to answer now.</summary>
    public string Query { get; }

    /// <summary>Checks the turns' order.</summary>
    /// <param name="messages">A system message or none, then user and assistant in turn, a user last.</param>
    /// <exception cref="UrialException">
    /// There is no message, a role is unknown or out of order, or a message is empty; the message names its place.
    /// </exception>
    public static Conversation Of(IReadOnlyList<ChatMessage> messages)
    {
        if (messages.Count == 0)
            throw new UrialException("The conversation is empty: it needs a user's message to answer.");
        if (messages.Count == 1 && messages[0].Role == "user" && string.IsNullOrWhiteSpace(messages[0].Content))
            throw new UrialException("The query is empty: there is nothing to answer.");
        var first = messages[0].Role == "system" ? 1 : 0;
        for (var i = 0; i < messages.Count; i++)
            Check(messages[i], i + 1, i < first ? "system" : (i - first) % 2 == 0 ? "user" : "assistant");
        if (messages[^1].Role != "user")
            throw new UrialException(
                $"The conversation ends with the {messages[^1].Role}'s message: it must end with the user's, which is to be answered.");
        var earlier = Enumerable.Range(0, (messages.Count - first) / 2)
            .Select(turn => (messages[first + 2 * turn].Content, messages[first + 2 * turn + 1].Content));
        return new Conversation(first == 1 ? messages[0].Content : null, [.. earlier], messages[^1].Content);
    }

    private static void Check(ChatMessage message, int number, string expected)
    {
        if (message.Role is not ("system" or "user" or "assistant"))
            throw new UrialException($"Message {number} has the role \"{message.Role}\": a role is system, user or assistant.");
        if (message.Role != expected)
            throw new UrialException(message.Role == "system"
                ? $"Message {number} is a system message: there may be one, and it must be the first."
                : $"Message {number} is the {message.Role}'s, and the {expected}'s turn it is: user and assistant must alternate, the "
                    + "user first.");
        if (string.IsNullOrWhiteSpace(message.Content))
            throw new UrialException($"Message {number} (the {message.Role}'s) is empty.");
    }
}
