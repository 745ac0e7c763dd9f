using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial.Tests.Models.Served;

/// <summary>A server on this machine that speaks vLLM's wire format of completions with a decoder of ours behind it.</summary>
internal sealed class CompletionsTestServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly CompletionsTestOptions _options;
    private readonly CompletionsTestReplies _replies;
    private readonly Random _random;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closed = new();
    private int _underWay;

    private CompletionsTestServer(LanguageModel model, CompletionsTestOptions options)
    {
        (_options, _replies, _random) = (options, new CompletionsTestReplies(model, options), new Random(options.Seed));
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/v1";
        }
        _listener.Prefixes.Add(Address + "/");
        if (options.StartsAfter == TimeSpan.Zero)
            _listener.Start();
        _ = ListenAsync();
    }

    /// <summary>Up to and including /v1.</summary>
    public string Address { get; }

    /// <summary>What was posted to completions.</summary>
    public List<JsonElement> Requests { get; } = [];

    public List<string?> Authorizations { get; } = [];

    /// <summary>The faults that came.</summary>
    public List<ServerFaultKind> Faults { get; } = [];

    public int MostAtOnce { get; private set; }

    /// <summary>Settings that name this server, patient in milliseconds.</summary>
    public ServedModelSettings Settings => ServedModelSettings.Of(Address) with
    {
        RetryDelay = TimeSpan.FromMilliseconds(5),
        Timeout = TimeSpan.FromSeconds(20),
        StartPatience = TimeSpan.FromSeconds(20),
        Key = null,
    };

    public static CompletionsTestServer Start(LanguageModel model, CompletionsTestOptions? options = null) =>
        new(model, options ?? new CompletionsTestOptions());

    public void Dispose()
    {
        _closed.Cancel();
        _listener.Close();
    }

    private async Task ListenAsync()
    {
        try
        {
            if (_options.StartsAfter > TimeSpan.Zero)
            {
                await Task.Delay(_options.StartsAfter, _closed.Token);
                _listener.Start();
            }
            while (true)
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => HandleAsync(context));
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    private async Task HandleAsync(HttpListenerContext context)
    {
        try
        {
            var key = context.Request.Headers["Authorization"];
            lock (_lock)
                Authorizations.Add(key);
            if (_options.Instead?.Invoke(key) is var (status, instead))
                await SendAsync(context, status, instead);
            else if (context.Request.Url!.AbsolutePath == "/v1/models")
                await SendAsync(context, 200, _replies.Models());
            else if (context.Request.Url.AbsolutePath == "/v1/completions")
                await CompleteAsync(context);
            else
                await SendAsync(context, 404, """{"detail":"Not Found"}""");
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException
            or OperationCanceledException)
        {
            // The caller lost patience, or the test is over.
        }
    }

    private async Task CompleteAsync(HttpListenerContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.InputStream);
        ServerFaultKind? fault = null;
        lock (_lock)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_underWay);
            Requests.Add(body.RootElement.Clone());
            if (_options.Faults.Length > 0 && _random.NextDouble() < _options.FaultRate)
                Faults.Add((fault = _options.Faults[_random.Next(_options.Faults.Length)]).Value);
        }
        await Task.Delay(_options.Delay, _closed.Token);
        if (fault == ServerFaultKind.Silence)
            await Task.Delay(TimeSpan.FromMinutes(1), _closed.Token);
        var (status, reply) = fault switch
        {
            ServerFaultKind.TooMany => (429, """{"error":{"message":"too many requests","code":429}}"""),
            ServerFaultKind.Error => (500, "Internal Server Error"),
            ServerFaultKind.Garbage => (200, "<html>a proxy's page</html>"),
            ServerFaultKind.Empty => (200, """{"id":"1","object":"text_completion","choices":[]}"""),
            ServerFaultKind.ErrorInside => (200, """{"object":"error","message":"EngineCore died","code":500}"""),
            _ => Reply(body.RootElement),
        };
        lock (_lock)
            _underWay--;
        if (fault == ServerFaultKind.TooMany)
            context.Response.AddHeader("Retry-After", "0.02");
        await SendAsync(context, status, reply, fault == ServerFaultKind.Cut);
    }

    private (int, string) Reply(JsonElement request)
    {
        try
        {
            return _replies.Complete(request);
        }
        catch (Exception e)
        {
            return (500, JsonSerializer.Serialize(new { error = new { message = e.ToString() } }));
        }
    }

    private static async Task SendAsync(HttpListenerContext context, int status, string body, bool cut = false)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.ContentLength64 = bytes.Length;
        if (cut)
        {
            await context.Response.OutputStream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await context.Response.OutputStream.FlushAsync();
            context.Response.Abort();
            return;
        }
        await context.Response.OutputStream.WriteAsync(bytes);
        context.Response.Close();
    }
}
