using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Urial;

/// <summary>
/// Reads a chat server's reply for what a judge needs of it: the text, why it ends, what it cost. Servers speak the protocol loosely, so no
/// other field is looked at, and these are taken in every shape that they are known to come in.
/// </summary>
internal static class ServerReply
{
    /// <summary>The reply; null where the body is an error's, for <see cref="ServerReason"/> to read.</summary>
    /// <param name="body">The body of the server's answer.</param>
    /// <returns>The text, or, where the reply has none, an <see cref="ErrorContent"/> that says what it has instead.</returns>
    public static ChatResponse? Read(ReadOnlyMemory<byte> body)
    {
        if (ServerJson.Parse(Encoding.UTF8.GetString(body.Span).TrimStart('\ufeff')) is not { ValueKind: JsonValueKind.Object } root)
            return null;
        if (Choice(root) is not { } choice || ServerReason.IsError(root) || ServerReason.IsError(choice))
            return null;
        var message = ServerJson.Field(choice, "message") ?? ServerJson.Field(choice, "delta") ?? choice;
        var finish = Finish(root, choice);
        var text = ServerJson.Text(message) ?? Text(ServerJson.Field(message, "content") ?? ServerJson.Field(message, "text"))
            ?? Text(ServerJson.Field(choice, "text"));
        // A reply that is cut is told as such, with or without text.
        AIContent content = string.IsNullOrWhiteSpace(text) && finish != ChatFinishReason.Length
            ? new ErrorContent(Instead(message)) : new TextContent(text);
        var usage = ServerJson.Field(root, "usage");
        return new ChatResponse(new Microsoft.Extensions.AI.ChatMessage(ChatRole.Assistant, [content]))
        {
            FinishReason = finish,
            Usage = new UsageDetails
            {
                InputTokenCount = Count("prompt_tokens", "input_tokens"),
                OutputTokenCount = Count("completion_tokens", "output_tokens"),
            },
        };

        long Count(string name, string other) => ServerJson.Count(ServerJson.Field(usage, name) ?? ServerJson.Field(usage, other));
    }

    // One was asked for. Servers that leave the list out have its fields, or the message, at the top.
    private static JsonElement? Choice(JsonElement root)
    {
        var choices = ServerJson.Field(root, "choices");
        if (choices is { ValueKind: JsonValueKind.Array } list)
            return list.EnumerateArray().Cast<JsonElement?>().FirstOrDefault(choice => choice!.Value.ValueKind == JsonValueKind.Object);
        if (choices is { ValueKind: JsonValueKind.Object })
            return choices;
        return choices is null && ServerJson.Field(root, "message") is { ValueKind: JsonValueKind.Object } ? root : null;
    }

    private static ChatFinishReason? Finish(JsonElement root, JsonElement choice)
    {
        var field = ServerJson.Field(choice, "finish_reason") ?? ServerJson.Field(choice, "done_reason")
            ?? ServerJson.Field(choice, "stop_reason") ?? ServerJson.Field(root, "stop_reason");
        var given = ServerJson.Text(field) ?? ServerJson.Text(ServerJson.Field(field, "type"));
        if (string.IsNullOrWhiteSpace(given))
            return null;
        var word = string.Concat(given.Where(char.IsLetter)).ToLowerInvariant();
        return IsCut(word) ? ChatFinishReason.Length : new ChatFinishReason(given);
    }

    // length (OpenAI), max_tokens (Anthropic, Gemini), model_length (Mistral), model_context_window_exceeded, token_limit, …
    private static bool IsCut(string word) => word.StartsWith("max", StringComparison.Ordinal)
        || new[] { "length", "limit", "contextwindow", "truncat", "incomplete" }.Any(part => word.Contains(part, StringComparison.Ordinal));

    /// <summary>The text of a string, or of a list's parts without what a reasoning model thought; null where there is none.</summary>
    private static string? Text(JsonElement? content) => content switch
    {
        { ValueKind: JsonValueKind.String } => ServerJson.Text(content),
        { ValueKind: JsonValueKind.Array } parts =>
            parts.EnumerateArray().Select(Part).OfType<string>().ToArray() is { Length: > 0 } texts ? string.Concat(texts) : null,
        // Without a type it may be a verdict that the server has read itself.
        { ValueKind: JsonValueKind.Object } part => Part(part) ?? (ServerJson.Field(part, "type") is null ? part.GetRawText() : null),
        _ => null,
    };

    private static string? Part(JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.String)
            return ServerJson.Text(part);
        if (ServerJson.Text(ServerJson.Field(part, "type")) is not (null or "text" or "output_text"))
            return null;
        var text = ServerJson.Field(part, "text") ?? ServerJson.Field(part, "content");
        return ServerJson.Text(text) ?? ServerJson.Text(ServerJson.Field(text, "value"));
    }

    private static string Instead(JsonElement message)
    {
        var parts = ServerJson.Field(message, "content") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToArray() : [];
        var refusals = parts.Append(message).Select(part => ServerJson.Text(ServerJson.Field(part, "refusal")));
        if (refusals.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) is { } refusal)
            return $"The judge refuses: {refusal}";
        if (ServerJson.Field(message, "tool_calls") is { ValueKind: JsonValueKind.Array } calls && calls.GetArrayLength() > 0)
            return "The judge's reply is the call of a tool, and no text.";
        var thought = ServerJson.Text(ServerJson.Field(message, "reasoning_content") ?? ServerJson.Field(message, "reasoning"));
        return parts.Length > 0 || !string.IsNullOrWhiteSpace(thought)
            ? "The judge's reply holds its reasoning only, and no answer." : "The judge's reply is empty.";
    }
}
