using System.Text.Json;

namespace Urial;

/// <summary>A query or a conversation as JSON: a string, or a list of messages with <c>role</c> and <c>content</c>.</summary>
public static class ConversationJson
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
            throw new UrialException($"The line is not valid JSON (at byte {problem.BytePositionInLine}): it must be a string in quotes, or a list of messages.");
        }
    }

    /// <summary>The conversation of a JSON value. The turns' order is left to the prompt style.</summary>
    /// <exception cref="UrialException">It is neither a string nor a list of messages.</exception>
    public static IReadOnlyList<ChatMessage> Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [new ChatMessage("user", Text(value, "The query"))],
        JsonValueKind.Array => [.. value.EnumerateArray().Select((message, place) => Message(message, place + 1))],
        var other => throw new UrialException($"A query is a JSON string or a list of messages with \"role\" and \"content\", not {Word(other)}."),
    };

    private static ChatMessage Message(JsonElement message, int number)
    {
        if (message.ValueKind != JsonValueKind.Object)
            throw new UrialException($"Message {number} is {Word(message.ValueKind)}, not an object with \"role\" and \"content\".");
        return new ChatMessage(Field(message, "role", number), Field(message, "content", number));
    }

    private static string Field(JsonElement message, string field, int number) => message.TryGetProperty(field, out var value)
        ? Text(value, $"\"{field}\" of message {number}")
        : throw new UrialException($"Message {number} has no \"{field}\".");

    internal static string Text(JsonElement value, string what)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw new UrialException($"{what} is {Word(value.ValueKind)}, not a string.");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException) // an escaped half of a surrogate pair
        {
            throw new UrialException($"{what} holds half of a surrogate pair, which is no character.");
        }
    }

    private static string Word(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
