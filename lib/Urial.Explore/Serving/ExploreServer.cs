using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Urial.Explore;

/// <summary>
/// The live page: a server on this computer's own address, which a browser shows one page of. It serves while the models are still loaded.
/// </summary>
public sealed class ExploreServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly LoadingPair _loading;
    private readonly CancellationTokenSource _stop;

    private ExploreServer(WebApplication application, LoadingPair loading, CancellationTokenSource stop, Gate gate) =>
        (_application, _loading, _stop, Gate) = (application, loading, stop, gate);

    /// <summary>Where the page is, token included.</summary>
    public required Uri Address { get; init; }

    /// <summary>Ends when the models are there, and fails where they cannot be.</summary>
    public Task Loaded => _loading.Opened;

    internal Gate Gate { get; }

    /// <summary>Starts to serve, and to load.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="port">The port; 0: a free one.</param>
    /// <param name="say">Told how far loading is.</param>
    /// <param name="cancellation">Ends loading.</param>
    /// <exception cref="UrialException">The port cannot be had.</exception>
    public static async Task<ExploreServer> StartAsync(
        ExplorePair pair, int port = 0, Action<string>? say = null, CancellationToken cancellation = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.Body;
            kestrel.Limits.MaxConcurrentConnections = Limits.Connections;
            kestrel.Limits.KeepAliveTimeout = Limits.Idle;
        });
        // A page that is left open must not keep the server from ending.
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var application = builder.Build();
        Handler? handler = null;
        application.Run(context => handler!.AnswerAsync(context));
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            var token = Guard.NewToken();
            // The port is known once it is listened to; nobody knows the token before.
            var listening = new TaskCompletionSource();
            handler = new Handler(listening.Task);
            await application.StartAsync(cancellation).ConfigureAwait(false);
            var own = new Uri(application.Urls.Single()).Port;
            var (loading, gate) = (new LoadingPair(pair, say, stop.Token), new Gate(Limits.Waiting));
            handler.Begin(new Guard(token, own), new Api(loading, gate));
            listening.SetResult();
            return new ExploreServer(application, loading, stop, gate)
            {
                Address = new Uri(FormattableString.Invariant($"http://127.0.0.1:{own}/{token}/")),
            };
        }
        catch (Exception problem) when (problem is IOException or System.Net.Sockets.SocketException) // taken, or not allowed
        {
            await application.DisposeAsync().ConfigureAwait(false);
            stop.Dispose();
            throw new UrialException($"Port {port} of this computer cannot be had ({problem.Message}) Choose another with --port, or leave "
                + "it out for a free one.", problem);
        }
    }

    /// <summary>Stops serving and frees the models.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        await ((Task)_loading.Opened).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Whoever still computes ends at the next token.
        await Gate.RunAsync(() => 0, CancellationToken.None).ConfigureAwait(false);
        if (_loading.Opened.IsCompletedSuccessfully)
            _loading.Pair.Dispose();
        _stop.Dispose();
    }

    private sealed class Handler(Task listening)
    {
        private Guard? _guard;
        private Api? _api;

        public void Begin(Guard guard, Api api) => (_guard, _api) = (guard, api);

        public async Task AnswerAsync(HttpContext context)
        {
            await listening.ConfigureAwait(false);
            Guard.Protect(context.Response);
            if (_guard!.Path(context) is not { } path)
                return;
            if (path.StartsWith("api/", StringComparison.Ordinal))
                await _api!.AnswerAsync(path["api/".Length..], context).ConfigureAwait(false);
            else if (HttpMethods.IsGet(context.Request.Method) && PageFiles.Find(path) is { } file)
            {
                context.Response.ContentType = file.Type;
                await using var content = file.Content;
                await content.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
            }
            else
                context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
