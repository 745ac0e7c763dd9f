namespace Urial;

/// <summary>What the cache alone knows of a model, where the hub is not to be asked or cannot be reached.</summary>
internal static class CachedSnapshot
{
    /// <summary>The model, from the cache.</summary>
    /// <param name="id">What is asked for.</param>
    /// <param name="settings">Where the cache is.</param>
    /// <param name="withWeights">Whether the whole model is wanted, or the tokenizer alone.</param>
    /// <exception cref="UrialException">It is not there, or not all of it; the message says what is missing.</exception>
    public static HubSnapshot Find(HubId id, HubSettings settings, bool withWeights)
    {
        var cache = new HubCache(settings, id);
        var commit = cache.CommitOf(id.Revision) ?? throw Missing($"{id} is not in the cache {settings.CacheDirectory}");
        var folder = cache.Snapshot(commit);
        if (!Directory.Exists(folder))
            throw Missing($"{id} at commit {commit} is not in the cache {settings.CacheDirectory}");
        var isAdapter = cache.Has(commit, AdapterConfig.FileName) && !cache.Has(commit, HubListing.Whole)
            && !cache.Has(commit, HubListing.Index);
        string[] needed =
        [
            .. isAdapter ? AdapterFolder.Own.Take(withWeights ? 2 : 1) : ["tokenizer.json"],
            .. withWeights && !isAdapter ? [HubListing.Config, .. Weights(cache, commit)] : Array.Empty<string>(),
        ];
        string[] gone = [.. needed.Where(name => !cache.Has(commit, name))];
        if (gone.Length > 0)
            throw Missing($"{id} is not complete in the cache: {string.Join(", ", gone)} is missing in {folder}");
        return new HubSnapshot(id, commit, folder, Files(folder), 0);

        UrialException Missing(string what) => new($"{what}. {(settings.Offline ? "HF_HUB_OFFLINE is set: unset it, and run" : "Run")} "
            + $"urial fetch {id} once with a network.");
    }

    /// <summary>The files of a snapshot's folder, with the lengths of what they lead to.</summary>
    public static IReadOnlyList<(string Name, long Size)> Files(string folder)
    {
        var all = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), File: file.LinkTarget is null ? file
                : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file));
        return [.. all.Where(file => file.File.Exists).OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => (file.Name, file.File.Length))];
    }

    private static IReadOnlyList<string> Weights(HubCache cache, string commit) =>
        cache.Has(commit, HubListing.Whole) || !cache.Has(commit, HubListing.Index) ? [HubListing.Whole]
            : [HubListing.Index, .. Checkpoint.Shards(cache.File(commit, HubListing.Index))];
}
