namespace Urial;

/// <summary>
/// Fetches models from the Hugging Face hub into the cache that Python's <c>huggingface_hub</c> uses, and uses what lies there already.
/// It heeds <c>HF_TOKEN</c>, <c>HF_ENDPOINT</c>, <c>HF_HOME</c>, <c>HF_HUB_CACHE</c> and <c>HF_HUB_OFFLINE</c>.
/// </summary>
public sealed class HubClient : IDisposable
{
    private readonly HubSettings _settings;
    private readonly HubRequests _requests;

    /// <summary>A client by the environment.</summary>
    /// <exception cref="UrialException">A variable cannot be used.</exception>
    public HubClient() : this(HubSettings.FromEnvironment()) { }

    internal HubClient(HubSettings settings, HttpMessageHandler? handler = null) =>
        (_settings, _requests) = (settings, new HubRequests(settings, handler));

    /// <summary>
    /// Fetches what a model or an adapter needs: configuration, tokenizer, chat templates and safetensors, nothing else of the repository.
    /// What is in the cache is not downloaded again, and what an earlier try left unfinished is finished. Where the hub cannot be reached,
    /// a complete copy in the cache does.
    /// </summary>
    /// <param name="id">The model.</param>
    /// <param name="progress">Told of every piece that arrives.</param>
    /// <param name="cancellation">Ends it; what arrived is kept.</param>
    /// <exception cref="UrialException">
    /// The model does not exist, is gated, is of a kind that is not supported (told before its weights are downloaded), or cannot be
    /// downloaded or written.
    /// </exception>
    public Task<HubSnapshot> FetchAsync(HubId id, Action<HubProgress>? progress = null, CancellationToken cancellation = default) =>
        FetchAsync(id, true, progress, cancellation);

    /// <summary>As the other, for the configuration, the tokenizer and the chat templates without the weights.</summary>
    /// <param name="id">The model, which may be of any kind.</param>
    /// <param name="progress">Told of every piece that arrives.</param>
    /// <param name="cancellation">Ends it; what arrived is kept.</param>
    /// <exception cref="UrialException">The model does not exist, is gated, has no tokenizer, or cannot be downloaded.</exception>
    public Task<HubSnapshot> FetchTokenizerAsync(
        HubId id, Action<HubProgress>? progress = null, CancellationToken cancellation = default) =>
        FetchAsync(id, false, progress, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _requests.Dispose();

    private async Task<HubSnapshot> FetchAsync(
        HubId id, bool withWeights, Action<HubProgress>? progress, CancellationToken cancellation)
    {
        if (_settings.Offline)
            return CachedSnapshot.Find(id, _settings, withWeights);
        var meter = new HubMeter(progress);
        HubListing listing;
        try
        {
            listing = await _requests.ListAsync(id, cancellation).ConfigureAwait(false);
        }
        catch (ServerFault fault)
        {
            return InPlaceOf(fault, id, withWeights, meter);
        }
        var cache = new HubCache(_settings, id);
        var folder = cache.Snapshot(listing.Commit);
        var all = new HashSet<string>(StringComparer.Ordinal);
        if (withWeights)
        {
            listing.CheckModel(id);
            await FetchEachAsync(listing.Configs).ConfigureAwait(false);
            CheckSupported(folder, id, listing.IsAdapter);
            await FetchEachAsync([.. listing.Tokenizer, .. listing.IsAdapter ? listing.Adapter : listing.Indexes]).ConfigureAwait(false);
            if (!listing.IsAdapter)
                await FetchEachAsync(listing.Weights(cache.File(listing.Commit, HubListing.Index), id)).ConfigureAwait(false);
        }
        else
        {
            listing.CheckTokenizer(id);
            await FetchEachAsync([.. listing.Configs, .. listing.Tokenizer]).ConfigureAwait(false);
        }
        if (!HubListing.IsCommit(id.Revision))
            cache.Remember(id.Revision, listing.Commit);
        return new HubSnapshot(id, listing.Commit, folder, [.. CachedSnapshot.Files(folder).Where(file => all.Contains(file.Name))],
            meter.Received);

        Task FetchEachAsync(IEnumerable<string> names)
        {
            all.UnionWith(names);
            return FetchAsync(names, cache, id, listing.Commit, meter, cancellation);
        }
    }

    private async Task FetchAsync(
        IEnumerable<string> names, HubCache cache, HubId id, string commit, HubMeter meter, CancellationToken cancellation)
    {
        var files = new List<RemoteFile>();
        foreach (var name in names.Where(name => !cache.Has(commit, name)))
            files.Add(await _requests.DescribeAsync(id, commit, name, cancellation).ConfigureAwait(false));
        if (files.Count == 0)
            return;
        cache.MakeFolders();
        CheckRoom(files, cache, id);
        meter.Expect(files);
        var download = new BlobDownload(_requests, cache, id, commit, meter);
        foreach (var file in files)
            await download.FetchAsync(file, cancellation).ConfigureAwait(false);
    }

    private HubSnapshot InPlaceOf(ServerFault fault, HubId id, bool withWeights, HubMeter meter)
    {
        HubSnapshot kept;
        try
        {
            kept = CachedSnapshot.Find(id, _settings, withWeights);
        }
        catch (UrialException missing)
        {
            throw new UrialException($"{fault.Message} {missing.Message}", fault);
        }
        meter.Note($"{fault.Message} Using the copy in the cache, commit {kept.Commit}.");
        return kept;
    }

    private static void CheckSupported(string folder, HubId id, bool isAdapter)
    {
        try
        {
            if (isAdapter)
                AdapterConfig.Load(folder);
            else
                DecoderConfig.Load(folder);
        }
        catch (UrialException problem)
        {
            throw new UrialException($"{id} cannot be used, and its weights were not downloaded: {problem.Message}", problem);
        }
    }

    private void CheckRoom(List<RemoteFile> files, HubCache cache, HubId id)
    {
        var needed = files.Where(file => !cache.HasBlob(file)).Sum(file =>
            (file.Size ?? 0) - (new FileInfo(cache.Incomplete(file.ETag)) is { Exists: true } part ? part.Length : 0));
        var free = HubCache.Writing(_settings.CacheDirectory, () => new DriveInfo(_settings.CacheDirectory).AvailableFreeSpace);
        if (needed > free)
            throw new UrialException(FormattableString.Invariant($"{id} needs {needed / 1e6:0} MB more, and {free / 1e6:0} MB are left ")
                + $"in {_settings.CacheDirectory}. Make room, or set HF_HUB_CACHE to a folder that has it.");
    }
}
