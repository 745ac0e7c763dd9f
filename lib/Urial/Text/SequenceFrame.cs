using System.Text.Json;

namespace Urial;

/// <summary>The ids that a post-processor puts around a text.</summary>
/// <param name="Before">Before it.</param>
/// <param name="After">After it.</param>
internal sealed record SequenceFrame(int[] Before, int[] After)
{
    /// <summary>Reads the post-processor of a tokenizer.json.</summary>
    public static SequenceFrame Read(TokenizerJson json)
    {
        var (before, after) = (new List<int>(), new List<int>());
        if (json.FindObject(json.Root, "post_processor") is { } root)
            foreach (var part in Flatten(json, root))
            {
                var (first, last) = json.Text(part, "type") switch
                {
                    "ByteLevel" => ([], []), // moves offsets only
                    "TemplateProcessing" => Template(json, part),
                    "BertProcessing" or "RobertaProcessing" => (Special(json, part, "cls"), Special(json, part, "sep")),
                    var type => throw json.Unsupported("the post-processor", type),
                };
                before.InsertRange(0, first);
                after.AddRange(last);
            }
        return new SequenceFrame([.. before], [.. after]);
    }

    private static (List<int> Before, List<int> After) Template(TokenizerJson json, JsonElement part)
    {
        var (before, after, seen) = (new List<int>(), new List<int>(), false);
        foreach (var piece in json.List(part, "single"))
            if (json.FindObject(piece, "Sequence") is not null)
                seen = seen ? throw json.Unsupported("a TemplateProcessing that repeats", "Sequence") : true;
            else if (json.FindObject(piece, "SpecialToken") is { } special)
            {
                var name = json.Text(special, "id");
                var entry = json.FindObject(part, "special_tokens") is { } all ? json.FindObject(all, name) : null;
                if (entry is not { } found)
                    throw json.Error($"uses \"{name}\" in its post-processor without giving its ids");
                (seen ? after : before).AddRange(json.List(found, "ids").Select(id => json.NumberOf($"an id of {name}", id)));
            }
        return seen ? (before, after) : throw json.Unsupported("a TemplateProcessing without", "Sequence");
    }

    // A token and its id, as a list of two.
    private static List<int> Special(TokenizerJson json, JsonElement part, string role) => json.List(part, role).ToArray() is [_, var id]
        ? [json.NumberOf($"the id of {role}", id)]
        : throw json.Error($"has a post-processor {json.Text(part, "type")} whose {role} is not a token and its id");

    private static IEnumerable<JsonElement> Flatten(TokenizerJson json, JsonElement part) => json.Text(part, "type") == "Sequence"
        ? json.List(part, "processors").SelectMany(child => Flatten(json, child))
        : [part];
}
