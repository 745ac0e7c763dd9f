using System.Text.Json;

namespace Urial;

/// <summary>What pair a run is of, in words, from its manifest: every result is labelled as what it is.</summary>
/// <param name="Title">The page's title.</param>
/// <param name="Kind">What kind of pair it is, and how each side reads a query.</param>
/// <param name="Notes">What else the manifest wants known.</param>
internal sealed record PairLabel(string Title, string Kind, IReadOnlyList<string> Notes)
{
    /// <summary>The label of a run.</summary>
    public static PairLabel Of(JsonElement manifest)
    {
        var (@base, aligned) = (Model(manifest, "base"), Model(manifest, "aligned"));
        var same = JsonElement.DeepEquals(manifest.GetProperty("base"), manifest.GetProperty("aligned"));
        var title = same ? $"{aligned} under two prompts" : $"{aligned} beside {@base}";
        return new PairLabel(title + ": what the base model would have said", $"{Sort(manifest, same)} Aligned: {aligned}; its "
            + $"prompt: {Style(manifest, "aligned")}. Base: {@base}; its prompt: {Style(manifest, "base")}.",
            [.. Known(manifest)]);
    }

    private static IEnumerable<string> Known(JsonElement manifest)
    {
        if (RunPlaces.Text(manifest, "note") is { } note)
            yield return note;
        if (manifest.TryGetProperty("notes", out var notes) && notes.ValueKind == JsonValueKind.Array)
            foreach (var known in notes.EnumerateArray())
                yield return known.ToString();
        if (manifest.TryGetProperty("left_out", out var leftOut) && leftOut.TryGetProperty("shared_ids", out var shared))
            yield return $"The two vocabularies differ: the models were compared over the {Numbers.Count(shared.GetInt64())} ids that "
                + "both have; left out, in the manifest below, says what that passes over.";
    }

    private static string Sort(JsonElement manifest, bool same) =>
        Names(manifest).All(name => name.StartsWith("micro-", StringComparison.Ordinal))
            ? "The embedded pair of the micro-world: a model organism with a made-up world, no model of real language."
            : same ? "One model, compared with itself: what differs is the prompt and not the weights."
            : RunPlaces.Text(manifest, "aligned", "adapter", "path") is not null
            ? "A base model and the same model with an adapter: what differs is what the adapter learnt, and the prompts."
            : "A pair of models: a base model and its aligned counterpart.";

    private static IEnumerable<string> Names(JsonElement manifest) =>
        new[] { "base", "aligned" }.Select(side => Name(RunPlaces.Text(manifest, side, "model") ?? RunPlaces.Text(manifest, side, "path")));

    private static string Model(JsonElement manifest, string side)
    {
        if (RunPlaces.Text(manifest, side, "endpoint") is { } endpoint)
            return $"{Name(RunPlaces.Text(manifest, side, "model"))} (served at {endpoint})";
        var name = Name(RunPlaces.Text(manifest, side, "path"));
        return RunPlaces.Text(manifest, side, "adapter", "path") is { } adapter ? $"{Name(adapter)} (an adapter of {name})" : name;
    }

    // A folder by its last part; a model of the hub by its whole name, the commit cut short.
    private static string Name(string? path) => path is null ? "a model without a name"
        : path.Split('@') is [var id, { Length: 40 } commit] ? $"{id}@{commit[..7]}"
        : path.TrimEnd('/', '\\').Split('/', '\\')[^1] is { Length: > 0 } last ? last : path;

    private static string Style(JsonElement manifest, string side) =>
        RunPlaces.Text(manifest, "prompts", side, "provenance") ?? RunPlaces.Text(manifest, "prompts", side, "style")
            ?? "as in the file of queries";
}
