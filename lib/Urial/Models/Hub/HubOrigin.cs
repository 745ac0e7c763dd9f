using System.Text.Json.Nodes;

namespace Urial;

/// <summary>The hub's name and commit of a folder that is a snapshot in a cache.</summary>
/// <param name="Name"><c>org/name</c>.</param>
/// <param name="Commit">The commit.</param>
internal sealed record HubOrigin(string Name, string Commit)
{
    /// <summary>Reads a folder's path; null where it is no snapshot.</summary>
    public static HubOrigin? Of(string directory)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (full.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) is not [.., var repository, "snapshots", var commit]
            || !HubListing.IsCommit(commit) || repository.Split("--") is not ["models", var org, var name]
            || !HubId.TryParse($"{org}/{name}", out var id))
            return null;
        return new HubOrigin(id.Name, commit);
    }

    /// <summary>How a manifest names a model's folder: as the hub does where it is from there, else by the path that was given.</summary>
    public static string Shown(string directory) => Of(directory) is { } origin ? $"{origin.Name}@{origin.Commit}" : directory;

    /// <summary>What a manifest keeps of it.</summary>
    /// <param name="directory">The model's folder.</param>
    public static JsonObject? Json(string directory) =>
        Of(directory) is { } origin ? new JsonObject { ["id"] = origin.Name, ["commit"] = origin.Commit } : null;
}
