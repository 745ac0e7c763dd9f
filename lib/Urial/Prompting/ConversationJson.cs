using System.Text.Json;

namespace Urial;

/// <summary>A query or a conversation as JSON: a string, or a list of messages with <c>role</c> and <c>content</c>.</summary>
internal static class ConversationJson
{
    /// <summary>The conversation of one line.</summary>
    /// <exception cref="UrialException">It is not valid JSON, or neither a string nor a list of messages.</exception>
    public static IReadOnlyList<ChatMessage> Parse(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return Of(json.RootElement);
        }
        catch (JsonException problem)
        {
            throw new UrialException($"The line is not valid JSON (at byte {problem.BytePositionInLine}): it must be a string in quotes, "
                + "or a list of messages.");
        }
    }

    /// <summary>The conversation of a JSON value. The turns' order is left to the prompt style.</summary>
    /// <exception cref="UrialException">It is neither a string nor a list of messages.</exception>
    public static IReadOnlyList<ChatMessage> Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [new ChatMessage("user", JsonText.Of(value, "The query"))],
        JsonValueKind.Array => [.. value.EnumerateArray().Select((message, place) => Message(message, place + 1))],
        var other => throw new UrialException(
            $"A query is a JSON string or a list of messages with \"role\" and \"content\", not {JsonText.Word(other)}."),
    };

    /// <summary>A line's <c>messages</c>; null where it has none.</summary>
    /// <exception cref="UrialException">They are no list of messages, or an empty one.</exception>
    internal static IReadOnlyList<ChatMessage>? Messages(JsonLine line) =>
        line.List("messages", "objects with \"role\" and \"content\"") is not { } list ? null : list.GetArrayLength() > 0 ? Of(list)
        : throw new UrialException("The list of messages is empty: it needs a user's message to answer.");

    private static ChatMessage Message(JsonElement message, int number)
    {
        if (message.ValueKind != JsonValueKind.Object)
            throw new UrialException(
                $"Message {number} is {JsonText.Word(message.ValueKind)}, not an object with \"role\" and \"content\".");
        return new ChatMessage(Field(message, "role", number), Field(message, "content", number));
    }

    private static string Field(JsonElement message, string field, int number) => message.TryGetProperty(field, out var value)
        ? JsonText.Of(value, $"\"{field}\" of message {number}")
        : throw new UrialException($"Message {number} has no \"{field}\".");
}
