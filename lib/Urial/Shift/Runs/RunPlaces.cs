using System.Text.Json;

namespace Urial;

/// <summary>Where a file or folder that a manifest names may lie: the path was given from wherever the run was made.</summary>
internal static class RunPlaces
{
    /// <summary>As it is named, and from the run's folder and each folder above it.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="named">The path in the manifest; null: nowhere.</param>
    public static IEnumerable<string> Of(string folder, string? named)
    {
        if (string.IsNullOrWhiteSpace(named))
            yield break;
        yield return named;
        if (Path.IsPathRooted(named))
            yield break;
        for (var at = new DirectoryInfo(Path.GetFullPath(folder)); at is not null; at = at.Parent)
            yield return Path.Combine(at.FullName, named);
    }

    /// <summary>A text in the manifest; null where it is not there.</summary>
    public static string? Text(JsonElement manifest, params string[] names)
    {
        foreach (var name in names)
            if (manifest.ValueKind != JsonValueKind.Object || !manifest.TryGetProperty(name, out manifest))
                return null;
        return manifest.ValueKind == JsonValueKind.String ? manifest.GetString() : null;
    }
}
