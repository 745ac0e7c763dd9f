using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial.Notebooks;

/// <summary>Compares two JSON values, numbers and numbers within strings with the tolerance of <see cref="PrintedNumber"/>.</summary>
internal static class JsonComparison
{
    /// <summary>Whether the two say the same.</summary>
    public static bool Same(JsonNode? one, JsonNode? other) => FirstDifference(one, other, "") is null;

    /// <summary>The first place that differs, as a path with both values, or null.</summary>
    public static (string Path, string One, string Other)? FirstDifference(JsonNode? one, JsonNode? other, string path)
    {
        switch (one, other)
        {
            case (JsonObject a, JsonObject b):
                foreach (var name in a.Select(p => p.Key).Union(b.Select(p => p.Key)).Order(StringComparer.Ordinal))
                    if (!a.ContainsKey(name) || !b.ContainsKey(name))
                        return ($"{path}.{name}", Shown(a[name], a.ContainsKey(name)), Shown(b[name], b.ContainsKey(name)));
                    else if (FirstDifference(a[name], b[name], $"{path}.{name}") is { } inside)
                        return inside;
                return null;
            case (JsonArray a, JsonArray b):
                if (a.Count != b.Count)
                    return (path, FormattableString.Invariant($"{a.Count} items"), FormattableString.Invariant($"{b.Count} items"));
                for (var i = 0; i < a.Count; i++)
                    if (FirstDifference(a[i], b[i], FormattableString.Invariant($"{path}[{i}]")) is { } inside)
                        return inside;
                return null;
            case (JsonValue a, JsonValue b) when a.GetValueKind() == b.GetValueKind():
                var same = a.GetValueKind() is JsonValueKind.String
                    ? PrintedNumber.SameText(a.GetValue<string>(), b.GetValue<string>())
                    : PrintedNumber.SameText(a.ToJsonString(), b.ToJsonString());
                return same ? null : (path, Shown(a, true), Shown(b, true));
            case (null, null):
                return null;
            default:
                return (path, Shown(one, true), Shown(other, true));
        }
    }

    private static string Shown(JsonNode? node, bool exists) => exists ? NotebookJson.WriteCompact(node) : "";
}
