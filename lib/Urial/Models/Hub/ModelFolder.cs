namespace Urial;

/// <summary>Finds the folder of a model that is named by a path or by its id on the hub.</summary>
public static class ModelFolder
{
    /// <summary>
    /// The folder itself where there is one; else, for <c>org/name</c> or <c>org/name@revision</c>, the snapshot in the cache, which is
    /// downloaded where it is not there. Anything else is given back as it is, for its reader to say what is missing.
    /// </summary>
    /// <param name="idOrDirectory">A folder, or a model of the hub.</param>
    /// <param name="progress">Told how far a download has come.</param>
    /// <param name="cancellation">Ends a download; what arrived is kept.</param>
    /// <exception cref="UrialException">The model cannot be fetched (<see cref="HubClient.FetchAsync(HubId, Action{HubProgress}?,
    /// CancellationToken)"/>).</exception>
    public static string Resolve(string idOrDirectory, Action<HubProgress>? progress = null, CancellationToken cancellation = default) =>
        Resolve(idOrDirectory, (client, id) => client.FetchAsync(id, progress, cancellation));

    /// <summary>As <see cref="Resolve(string, Action{HubProgress}?, CancellationToken)"/>, without a download of weights.</summary>
    /// <param name="idOrDirectory">A folder, or a model of the hub, of any kind.</param>
    /// <param name="progress">Told how far a download has come.</param>
    /// <param name="cancellation">Ends a download; what arrived is kept.</param>
    /// <exception cref="UrialException">The tokenizer cannot be fetched.</exception>
    public static string ResolveTokenizer(
        string idOrDirectory, Action<HubProgress>? progress = null, CancellationToken cancellation = default) =>
        Resolve(idOrDirectory, (client, id) => client.FetchTokenizerAsync(id, progress, cancellation));

    /// <summary>Whether a folder holds an adapter and no whole model.</summary>
    /// <param name="directory">The folder.</param>
    public static bool IsAdapter(string directory) => AdapterFolder.Is(directory);

    /// <summary>
    /// The folder of an adapter's base, by <c>base_model_name_or_path</c> of its configuration: a folder, seen from the adapter's or from
    /// here, else a model of the hub, which is downloaded where it is not in the cache.
    /// </summary>
    /// <param name="adapterDirectory">The adapter's folder.</param>
    /// <param name="progress">Told how far a download has come.</param>
    /// <param name="cancellation">Ends a download; what arrived is kept.</param>
    /// <exception cref="UrialException">No base is named, or it is neither there nor can be fetched.</exception>
    public static string BaseOf(string adapterDirectory, Action<HubProgress>? progress = null, CancellationToken cancellation = default) =>
        AdapterFolder.Base(adapterDirectory, id => Resolve(id.ToString(), progress, cancellation));

    /// <summary>As <see cref="BaseOf"/>, without a download.</summary>
    internal static string CachedBaseOf(string adapterDirectory, bool withWeights = true) => AdapterFolder.Base(adapterDirectory,
        id => CachedSnapshot.Find(id, HubSettings.FromEnvironment(), withWeights).Directory);

    private static string Resolve(string idOrDirectory, Func<HubClient, HubId, Task<HubSnapshot>> fetch)
    {
        if (Directory.Exists(idOrDirectory) || !HubId.TryParse(idOrDirectory, out var id))
            return idOrDirectory;
        using var client = new HubClient();
        try
        {
            // On another thread: a caller's own synchronisation must not wait for itself.
            return Task.Run(() => fetch(client, id)).GetAwaiter().GetResult().Directory;
        }
        catch (UrialException problem) when (problem is not WriteException)
        {
            throw new UrialException($"{problem.Message} (There is no folder {idOrDirectory} here either.)", problem);
        }
    }
}
