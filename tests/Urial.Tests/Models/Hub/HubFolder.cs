namespace Urial.Tests.Models.Hub;

/// <summary>A cache of its own for one test, and a client that keeps its files there.</summary>
internal sealed class HubFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Cache => _folder.File("hub");

    public string Repo => Path.Combine(Cache, "models--org--tiny");

    public string Blobs => Path.Combine(Repo, "blobs");

    public HubSettings Settings(FakeHub hub, string? token = null) => new()
    {
        Endpoint = new Uri(hub.Address),
        CacheDirectory = Cache,
        Token = token is null ? null : new HubToken(token, "HF_TOKEN"),
        RetryDelay = TimeSpan.FromMilliseconds(1),
        Patience = TimeSpan.FromSeconds(20),
    };

    public string Snapshot(FakeHub hub) => Path.Combine(Repo, "snapshots", hub.Commit);

    public async Task<HubSnapshot> FetchAsync(FakeHub hub, string id = FakeHub.Id, Func<HubSettings, HubSettings>? change = null,
        Action<HubProgress>? progress = null, CancellationToken cancellation = default)
    {
        var settings = Settings(hub);
        using var client = new HubClient(change?.Invoke(settings) ?? settings);
        return await client.FetchAsync(HubId.Parse(id), progress, cancellation);
    }

    public async Task<string> RefusedAsync(FakeHub hub, string id = FakeHub.Id, Func<HubSettings, HubSettings>? change = null) =>
        (await Assert.ThrowsAnyAsync<UrialException>(() => FetchAsync(hub, id, change))).Message;

    /// <summary>That the snapshot has the repository's files, byte for byte, and that the cache has nothing unfinished.</summary>
    public void AssertComplete(FakeHub hub)
    {
        foreach (var (name, content) in hub.Files)
            Assert.Equal(content, File.ReadAllBytes(Path.Combine(Snapshot(hub), name)));
        Assert.Empty(Directory.GetFiles(Blobs, "*.incomplete"));
    }

    public void Dispose() => _folder.Dispose();
}
