using System.Net;

namespace Urial.Tests.Models.Hub;

/// <summary>Where the hub sends a reader on, and who gets the access token on the way.</summary>
public sealed class HubRedirectsTests : IDisposable
{
    private const string Secret = "hf_neverToBeSeen";

    private readonly FakeHub _hub = new FakeHub().WithModel();
    private readonly HubFolder _folder = new();

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_token_goes_to_the_hub_and_to_no_other_host()
    {
        using var client = new HubClient(_folder.Settings(_hub, Secret));
        await client.FetchAsync(HubId.Parse(FakeHub.Id));

        _folder.AssertComplete(_hub);
        Assert.All(_hub.Authorizations, asked => Assert.Equal(asked.Kind == "store" ? null : $"Bearer {Secret}", asked.Value));
        Assert.Equal(["api", "get", "head", "small", "store"], _hub.Authorizations.Select(asked => asked.Kind).Distinct().Order());
        foreach (var file in Directory.GetFiles(_folder.Cache, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(Secret, File.ReadAllText(file));
        Assert.DoesNotContain(Secret, _folder.Settings(_hub, Secret).ToString());
    }

    [Fact]
    public async Task A_redirect_back_from_another_host_does_not_get_the_token_again()
    {
        _hub.Fault = (kind, file, _, context) =>
        {
            if (kind != "store")
                return false;
            FakeHub.Refuse(context, 302, ("Location", $"{_hub.Address}/api/resolve-cache/{_hub.Commit}/{file}"));
            return true;
        };
        using var client = new HubClient(_folder.Settings(_hub, Secret));
        await client.FetchAsync(HubId.Parse(FakeHub.Id));

        _folder.AssertComplete(_hub);
        Assert.Equal(("small", null), _hub.Authorizations.Last());
    }

    [Fact]
    public async Task Redirects_without_end_are_told()
    {
        _hub.Fault = (_, _, _, context) =>
        {
            FakeHub.Refuse(context, 307, ("Location", context.Request.Url!.PathAndQuery));
            return true;
        };
        Assert.Contains("redirects without end for org/tiny", await _folder.RefusedAsync(_hub));
    }

    [Fact]
    public async Task A_step_up_to_https_stays_with_the_hub_and_a_step_down_is_refused()
    {
        _hub.Large.Clear(); // the other host has no https here
        using var up = new HubClient(_folder.Settings(_hub, Secret) with { Endpoint = new Uri("http://hub") }, new Moving(_hub, "https"));
        Assert.Equal(_hub.Commit, (await up.FetchAsync(HubId.Parse(FakeHub.Id))).Commit);
        Assert.All(_hub.Authorizations, asked => Assert.Equal($"Bearer {Secret}", asked.Value));

        using var down = new HubClient(_folder.Settings(_hub, Secret) with { Endpoint = new Uri("https://hub") }, new Moving(_hub, "http"));
        Assert.Contains("hub redirects to no address, or from https to less.",
            (await Assert.ThrowsAsync<UrialException>(() => down.FetchAsync(HubId.Parse(FakeHub.Id)))).Message);
    }

    [Fact]
    public async Task A_renamed_model_is_followed()
    {
        _hub.Fault = (kind, file, _, context) =>
        {
            if (kind != "api" || !file.StartsWith("old/name", StringComparison.Ordinal))
                return false;
            FakeHub.Refuse(context, 307, ("Location", "/api/models/org/tiny/revision/main"));
            return true;
        };
        using var client = new HubClient(_folder.Settings(_hub), new Renaming());
        var snapshot = await client.FetchAsync(HubId.Parse("old/name"));
        Assert.Equal(_hub.Commit, snapshot.Commit);
    }

    // The host "hub" redirects to its other scheme, where the fake hub answers.
    private sealed class Moving(FakeHub hub, string scheme) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
        {
            var address = request.RequestUri!;
            if (address.Host == "hub" && address.Scheme != scheme)
            {
                var moved = new HttpResponseMessage(HttpStatusCode.MovedPermanently) { RequestMessage = request };
                moved.Headers.Location = new UriBuilder(address) { Scheme = scheme, Port = -1 }.Uri;
                return moved;
            }
            if (address.Host == "hub")
                request.RequestUri = new Uri(hub.Address + address.PathAndQuery);
            return await base.SendAsync(request, cancellation);
        }
    }

    // As the hub answers for files of a renamed model: by a relative redirect to the new name.
    private sealed class Renaming : DelegatingHandler
    {
        public Renaming() : base(new SocketsHttpHandler { AllowAutoRedirect = false }) { }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
        {
            if (!request.RequestUri!.AbsolutePath.StartsWith("/old/name/", StringComparison.Ordinal))
                return await base.SendAsync(request, cancellation);
            var moved = new HttpResponseMessage(HttpStatusCode.TemporaryRedirect) { RequestMessage = request };
            moved.Headers.Location = new Uri(request.RequestUri.AbsolutePath.Replace("/old/name/", "/org/tiny/", StringComparison.Ordinal),
                UriKind.Relative);
            return moved;
        }
    }
}
