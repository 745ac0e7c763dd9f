using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial;

/// <summary>
/// What the manifests of all kinds of runs have in common: how they are laid out, what of a run must stay the same where it goes on, and
/// how files, versions and hashes are named. No times, and no paths beyond those that the caller gave.
/// </summary>
internal static class ManifestJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new(Plain) { WriteIndented = true, NewLine = "\n" };

    /// <summary>How every manifest, and what lies beside it, is laid out.</summary>
    public static JsonWriterOptions Layout { get; } = new() { Indented = true, NewLine = "\n", Encoder = Plain.Encoder };

    /// <summary>A manifest as text.</summary>
    public static string Text(JsonObject manifest) => manifest.ToJsonString(Indented) + "\n";

    /// <summary>Hashes by file name, in order of the names.</summary>
    public static JsonObject Hashes(IReadOnlyDictionary<string, string> hashes) =>
        new(hashes.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));

    /// <summary>A file with its hash.</summary>
    /// <param name="path">The path that the caller gave.</param>
    /// <param name="what">What the file is, for messages.</param>
    /// <exception cref="UrialException">It cannot be read.</exception>
    public static JsonObject File(string path, string what) => new() { ["path"] = path, ["sha256"] = ContentHash.OfFile(path, what) };

    /// <summary>A list of strings.</summary>
    public static JsonArray List(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];

    /// <summary>Versions of libraries, each by a type that comes from it.</summary>
    public static JsonObject Versions(params (string Name, Type Type)[] libraries) =>
        new(libraries.Select(library => KeyValuePair.Create(library.Name, (JsonNode?)VersionOf(library.Type))));

    /// <summary>The version of the library that a type comes from, without the commit that a build appends.</summary>
    public static string VersionOf(Type type)
    {
        var version = type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? type.Assembly.GetName().Version?.ToString() ?? "unknown";
        return version.Split('+')[0];
    }

    /// <summary>Refuses to go on with a file that other settings began.</summary>
    /// <param name="settings">The run's settings: what the manifest has under <c>settings</c>.</param>
    /// <param name="path">The manifest.</param>
    /// <param name="output">The file that the run goes on with.</param>
    /// <param name="what">What it holds.</param>
    /// <exception cref="UrialException">
    /// The manifest cannot be read, is missing beside a file that holds something, or has other settings; the message names them.
    /// </exception>
    public static void CheckSame(JsonObject settings, string path, string output, string what)
    {
        if (!HoldsSomething(output))
            return; // nothing that could mix with what is new, whatever a manifest tells of what is gone
        if (!System.IO.File.Exists(path))
            throw new UrialException(
                $"{output} holds something already, and its manifest {path} is missing, so what made it is not known. Delete it, or "
                    + "choose another --out.");
        CheckSame(settings, manifest => manifest["settings"], path, output, what);
    }

    /// <summary>The same where something is there, and its settings are other fields of the manifest.</summary>
    /// <param name="settings">The run's settings.</param>
    /// <param name="of">The settings in a manifest.</param>
    /// <inheritdoc cref="CheckSame(JsonObject, string, string, string)"/>
    /// <param name="path"/><param name="output"/><param name="what"/>
    public static void CheckSame(JsonObject settings, Func<JsonObject, JsonNode?> of, string path, string output, string what)
    {
        JsonNode? there;
        try
        {
            there = of(Read(path));
        }
        catch (UrialException e)
        {
            throw new UrialException($"{e.Message} Delete it and {output}, or choose another --out.", e);
        }
        string[] differences = [.. Differences(there, settings, "")];
        if (differences.Length > 0)
            throw new UrialException(
                $"{output} was begun with other settings, and {what} of both kinds must not mix. "
                    + $"Different: {string.Join("; ", differences)}. Use the same settings, delete it, or choose another --out.");
    }

    /// <summary>A manifest that is there.</summary>
    /// <exception cref="UrialException">It cannot be read, or is no JSON object.</exception>
    public static JsonObject Read(string path)
    {
        try
        {
            return JsonNode.Parse(InputFile.Text(path, "manifest")) as JsonObject
                ?? throw new UrialException($"The manifest {path} is no JSON object.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new UrialException($"The manifest {path} cannot be read: {e.Message}", e);
        }
    }

    // A link has a length of its own.
    private static bool HoldsSomething(string file) => new FileInfo(FilePaths.Real(file)) is { Exists: true, Length: > 0 };

    private static IEnumerable<string> Differences(JsonNode? there, JsonNode? now, string name)
    {
        if (there is JsonObject one && now is JsonObject other)
            return one.Select(field => field.Key).Union(other.Select(field => field.Key))
                .SelectMany(key => Differences(one[key], other[key], name.Length == 0 ? key : $"{name}.{key}"));
        return JsonNode.DeepEquals(there, now) ? [] : [$"{name} was {Shown(there)} and is {Shown(now)}"];
    }

    private static string Shown(JsonNode? value) => value?.ToJsonString(Plain) ?? "not given";
}
