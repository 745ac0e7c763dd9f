using System.Text.Json;

namespace Urial;

/// <summary>What was asked in a stored run: its folder holds answers only.</summary>
internal static class RunQueries
{
    /// <summary>The queries by their ids; null where they cannot be had, which a note then says.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="manifest">Its manifest, which names the file and its hash.</param>
    /// <param name="given">The file that the caller named.</param>
    /// <param name="notes">Gets a sentence where the queries cannot be had.</param>
    /// <exception cref="UrialException">The file that the caller named cannot be read, or is another than the run's.</exception>
    public static Dictionary<string, ShiftQuery>? Of(string folder, JsonElement manifest, string? given, List<string> notes)
    {
        var (named, hash) = (RunPlaces.Text(manifest, "queries", "path"), RunPlaces.Text(manifest, "queries", "sha256"));
        if (given is not null && ContentHash.OfFile(given, "queries file") != hash)
            throw new UrialException($"{given} is not the file that the run in {folder} answered ({named}, of another content): name that "
                + "one, or leave --queries out.");
        var file = given ?? RunPlaces.Of(folder, named).FirstOrDefault(path => File.Exists(path) && Is(path, hash));
        if (file is null)
        {
            notes.Add($"The queries are not shown: {named} is not here, or was changed since. Name it with --queries.");
            return null;
        }
        var written = RunPlaces.Text(manifest, "decoding", "method")?.StartsWith("none", StringComparison.Ordinal) == true;
        return (written ? ShiftQueries.WrittenLines(file) : ShiftQueries.Read(file))
            .Select(line => line.Item).OfType<ShiftQuery>() // of a line that failed there is no answer either
            .ToDictionary(query => query.Id, StringComparer.Ordinal);
    }

    private static bool Is(string path, string? hash)
    {
        try
        {
            return ContentHash.OfFile(path, "queries file") == hash;
        }
        catch (UrialException)
        {
            return false; // not ours to read
        }
    }
}
