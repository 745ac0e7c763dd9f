using System.Text.Json;

namespace Urial;

/// <summary>What a chat template is rendered with: the tokenizer's special tokens, and the conversation with what came beside it.</summary>
internal static class ChatVariables
{
    /// <summary>The variables.</summary>
    /// <param name="conversation">A list of messages, or an object that has them.</param>
    /// <param name="specialTokens">The tokenizer's: an object's keys come before them.</param>
    /// <exception cref="UrialException">The conversation is neither, or one of its parts is of the wrong kind.</exception>
    public static JinjaDict Of(JsonElement conversation, IReadOnlyDictionary<string, JsonElement> specialTokens)
    {
        var variables = new JinjaDict();
        foreach (var (name, value) in specialTokens)
            variables[name] = JinjaValue.Of(value);
        // These are always there in transformers: "tools is defined" holds without tools.
        variables["tools"] = null;
        variables["documents"] = null;
        variables["add_generation_prompt"] = false;
        switch (conversation.ValueKind)
        {
            case JsonValueKind.Array:
                variables["messages"] = JinjaValue.Of(conversation);
                break;
            case JsonValueKind.Object:
                foreach (var entry in conversation.EnumerateObject())
                    variables[JsonText.Name(entry)] = JinjaValue.Of(entry.Value);
                break;
            default:
                throw new UrialException($"A conversation is a list of messages or an object with \"messages\", and this "
                    + $"is {JsonText.Word(conversation.ValueKind)}.");
        }
        if (!variables.TryGetValue("messages", out var messages))
            throw new UrialException("The conversation has no \"messages\".");
        CheckList("messages", messages);
        foreach (var name in new[] { "tools", "documents" })
            if (variables[name] is { } list)
                CheckList(name, list);
        return variables;
    }

    private static void CheckList(string name, object? value)
    {
        if (value is not List<object?> list)
            throw new UrialException($"\"{name}\" of the conversation is {JinjaValue.Kind(value)}, not a list of objects.");
        var other = list.FindIndex(item => item is not JinjaDict);
        if (other >= 0)
            throw new UrialException(FormattableString.Invariant($"\"{name}\" of the conversation holds {JinjaValue.Kind(list[other])} ")
                + FormattableString.Invariant($"at position {other}, not an object."));
    }
}
