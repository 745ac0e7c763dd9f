using System.Text.Json.Nodes;

namespace Urial;

/// <summary>What of a run's manifest decides its numbers, and so has to be the same where a run goes on.</summary>
internal static class ShiftPlan
{
    private static readonly string[] Deciding =
        ["kind", "versions", "base", "aligned", "dtype", "tokenizer_sha256", "queries", "prompts", "decoding", "top"];

    private static readonly string[] Form = ["format", "tokens", "note"];

    /// <summary>Refuses to go on with a run that was begun otherwise.</summary>
    /// <param name="plan">What is asked for now.</param>
    /// <param name="manifest">The manifest of what is there.</param>
    /// <param name="output">The run's folder.</param>
    /// <param name="anyForm">Whether the form of the files may differ.</param>
    /// <exception cref="UrialException">The manifest cannot be read, or differs; the message names what does.</exception>
    public static void CheckSame(JsonObject plan, string manifest, string output, bool anyForm)
    {
        var fields = anyForm ? Deciding : [.. Deciding, .. Form];
        ManifestJson.CheckSame(Of(plan, fields), there => Of(there, fields), manifest, output, "answers");
    }

    /// <summary>Whether the files of a complete run have the form that is asked for.</summary>
    public static bool HasForm(JsonObject plan, JsonObject manifest) => JsonNode.DeepEquals(Of(plan, Form), Of(manifest, Form));

    private static JsonObject Of(JsonObject manifest, string[] fields)
    {
        var chosen = new JsonObject();
        foreach (var field in fields)
            if (manifest[field] is { } value)
                chosen[field] = value.DeepClone();
        foreach (var side in new[] { "base", "aligned" })
        {
            Forget(chosen[side], "path", "hub");
            Forget(chosen[side]?["adapter"], "path", "hub");
            Forget(chosen["prompts"]?[side], "provenance");
        }
        Forget(chosen["queries"], "path");
        return chosen;
    }

    // The same files elsewhere are the same.
    private static void Forget(JsonNode? json, params string[] fields)
    {
        if (json is JsonObject some)
            foreach (var field in fields)
                some.Remove(field);
    }
}
