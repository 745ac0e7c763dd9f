using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Urial;

/// <summary>What the manifests of all kinds of runs have in common.</summary>
internal static class ManifestJson
{
    /// <summary>How every manifest is laid out.</summary>
    public static JsonWriterOptions Layout { get; } = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Hashes by file name, in order of the names.</summary>
    public static void Hashes(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> hashes)
    {
        json.WriteStartObject(name);
        foreach (var (file, hash) in hashes.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            json.WriteString(file, hash);
        json.WriteEndObject();
    }

    /// <summary>The version of the library that a type comes from, without the commit that a build appends.</summary>
    public static string VersionOf(Type type)
    {
        var version = type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? type.Assembly.GetName().Version?.ToString() ?? "unknown";
        return version.Split('+')[0];
    }
}
