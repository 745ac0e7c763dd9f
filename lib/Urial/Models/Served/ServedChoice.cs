using System.Text.Json;

namespace Urial;

/// <summary>The one completion of a reply, and what it says of the text that was sent.</summary>
internal sealed class ServedChoice
{
    private readonly JsonElement _root;
    private readonly ServedErrors _errors;

    /// <summary>Finds it in a reply.</summary>
    /// <exception cref="ServerFault">There is none.</exception>
    public ServedChoice(JsonElement root, ServedErrors errors)
    {
        (_root, _errors) = (root, errors);
        Json = ServerJson.Field(root, "choices") is { ValueKind: JsonValueKind.Array } choices && choices.GetArrayLength() > 0
            && choices[0].ValueKind == JsonValueKind.Object ? choices[0] : throw errors.Unusable("no field \"choices\" with a completion");
        if (ServerReason.IsError(Json))
            throw errors.Unusable($"an error in its completion ({errors.Shown(ServerReason.Of(root.GetRawText(), controls: true))})");
    }

    /// <summary>The completion.</summary>
    public JsonElement Json { get; }

    /// <summary>A field of the completion, or of the reply; null where both lack it.</summary>
    public JsonElement? Field(string name) => ServerJson.Field(Json, name) ?? ServerJson.Field(_root, name);

    /// <summary>Why it ended; empty where that is not said.</summary>
    public string FinishReason => ServerJson.Text(Field("finish_reason")) ?? "";

    /// <summary>The ids of the completion, where it has them.</summary>
    public int[]? TokenIds =>
        new[] { "token_ids", "output_token_ids", "output_ids", "tokens" }.Select(name => Ids(ServerJson.Field(Json, name)))
            .FirstOrDefault(ids => ids is { Length: > 0 } || ids is not null && ServerJson.Text(ServerJson.Field(Json, "text")) is "");

    /// <summary>Refuses a reply to another text than was sent: to one with special tokens added, cut, or of another tokenizer.</summary>
    /// <param name="sent">The ids that were sent.</param>
    /// <param name="tokenizer">Shows them.</param>
    /// <exception cref="UrialException">The server read another text.</exception>
    public void CheckPrompt(int[] sent, HfTokenizer tokenizer)
    {
        if (Ids(Field("prompt_token_ids")) is not { } read)
        {
            var count = ServerJson.Count(ServerJson.Field(ServerJson.Field(_root, "usage"), "prompt_tokens"));
            if (count > 0 && count != sent.Length)
                throw _errors.Wrong($"read {count} tokens where {sent.Length} were sent: it adds special tokens, cuts long texts, or has "
                    + "another tokenizer. Its numbers cannot be used.");
            return;
        }
        var place = sent.Zip(read).TakeWhile(pair => pair.First == pair.Second).Count();
        if (place < sent.Length || read.Length != sent.Length)
            throw _errors.Wrong($"read other tokens than were sent: at place {place} {Shown(read, place)} instead of {Shown(sent, place)}. "
                + "It adds special tokens, cuts long texts, or has another tokenizer.");

        string Shown(int[] ids, int at) => at >= ids.Length ? "nothing"
            : tokenizer.Contains(ids[at]) ? $"{ids[at]} ({tokenizer.Token(ids[at]).Shown})" : $"{ids[at]}";
    }

    private static int[]? Ids(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.Array } list)
            return null;
        var ids = new int[list.GetArrayLength()];
        var at = 0;
        foreach (var item in list.EnumerateArray())
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out ids[at++]))
                return null;
        return ids;
    }
}
