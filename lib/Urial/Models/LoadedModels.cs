namespace Urial;

/// <summary>
/// The models that are in memory: a folder that is loaded again, unchanged, is not read a second time. A notebook's kernel never lets go
/// of what an earlier run of a cell has loaded, so that without this every further run would keep another copy of the weights.
/// </summary>
/// <remarks>
/// The list itself keeps no model: one that nobody uses any more is freed as any object is, or at once by its last user's Dispose.
/// </remarks>
internal static class LoadedModels
{
    private static readonly Lock Gate = new();
    private static readonly
        Dictionary<(string Directory, string? Adapter, Precision Precision, string Device), WeakReference<LoadedModel>> Known = [];

    /// <summary>The model of a folder, or of a base's and an adapter's, with one user more.</summary>
    /// <exception cref="UrialException">Something is missing, damaged or not supported.</exception>
    public static LoadedModel Open(string directory, string? adapter, Precision precision)
    {
        lock (Gate)
        {
            var key = (Full(directory), adapter is null ? null : Full(adapter), precision, $"{ComputeDevices.Current}");
            var begun = DateTime.UtcNow;
            var stamp = FolderStamp.Of(directory, adapter);
            if (Known.TryGetValue(key, out var kept) && kept.TryGetTarget(out var there) && there.Users > 0 && there.Stamp == stamp)
            {
                there.Users++;
                return there;
            }
            var loaded = LoadedModel.Read(directory, adapter, precision, stamp);
            if (stamp.SettledBefore(begun) && FolderStamp.Of(directory, adapter) == stamp)
                Known[key] = new WeakReference<LoadedModel>(loaded);
            else
                Known.Remove(key);
            return loaded;
        }
    }

    /// <summary>One user less; the last one's leaving frees the weights.</summary>
    public static void Close(LoadedModel model)
    {
        lock (Gate)
            if (--model.Users == 0)
                model.Decoder.Dispose();
    }

    private static string Full(string directory) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
}
