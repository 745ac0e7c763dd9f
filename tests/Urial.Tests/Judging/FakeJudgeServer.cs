using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial.Tests.Judging;

/// <summary>A chat server on this machine that answers each call by a script, and remembers what it was sent.</summary>
internal sealed class FakeJudgeServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<int, string, Answer> _script;
    private readonly Func<JsonElement, Answer?>? _refuse;
    private readonly Lock _lock = new();
    private int _underWay;

    /// <summary>A server.</summary>
    /// <param name="script">The answer to a call, by its 0-based number and prompt.</param>
    /// <param name="refuse">The answer to a request that is refused for what it asks; null where the script answers.</param>
    public FakeJudgeServer(Func<int, string, Answer> script, Func<JsonElement, Answer?>? refuse = null)
    {
        (_script, _refuse) = (script, refuse);
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/v1";
        }
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = ListenAsync();
    }

    public string Address { get; }

    public List<string> Prompts { get; } = [];

    public List<JsonElement> Requests { get; } = [];

    public List<string?> Authorizations { get; } = [];

    public int MostAtOnce { get; private set; }

    public static Answer Reply(string text, string finish = "stop") => new(200, new JsonObject
    {
        ["id"] = "1",
        ["object"] = "chat.completion",
        ["created"] = 1,
        ["model"] = "m",
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["finish_reason"] = finish,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text }
        }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 100, ["completion_tokens"] = 10, ["total_tokens"] = 110 },
    }.ToJsonString());

    /// <summary>Every aspect with one score.</summary>
    public static Answer Grade(int score, params Aspect[] aspects) =>
        Reply(Scores(score, aspects.Length > 0 ? aspects : [.. Aspects.General]));

    public static string Scores(int score, params Aspect[] aspects) =>
        new JsonObject(aspects.Select(aspect => KeyValuePair.Create(aspect.Name(),
            (JsonNode?)new JsonObject { ["reason"] = $"because of {aspect.Name()}", ["score"] = score }))).ToJsonString();

    public static Answer Error(int status, string message = "try later", string? retryAfter = null) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["message"] = message } }.ToJsonString(), RetryAfter: retryAfter);

    public void Dispose() => _listener.Close();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
                _ = HandleAsync(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private async Task HandleAsync(HttpListenerContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.InputStream);
            Answer answer;
            lock (_lock)
            {
                MostAtOnce = Math.Max(MostAtOnce, ++_underWay);
                var prompt = body.RootElement.GetProperty("messages")[0].GetProperty("content") is { ValueKind: JsonValueKind.String } text
                    ? text.GetString()! : body.RootElement.GetProperty("messages")[0].GetProperty("content")[0].GetProperty("text")
                        .GetString()!;
                answer = _refuse?.Invoke(body.RootElement) ?? _script(Prompts.Count, prompt);
                Prompts.Add(prompt);
                Requests.Add(body.RootElement.Clone());
                Authorizations.Add(context.Request.Headers["Authorization"]);
            }
            await Task.Delay(answer.Delay);
            lock (_lock)
                _underWay--;
            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = "application/json";
            if (answer.RetryAfter is not null)
                context.Response.AddHeader("Retry-After", answer.RetryAfter);
            var bytes = Encoding.UTF8.GetBytes(answer.Body);
            context.Response.ContentLength64 = bytes.Length;
            if (answer.Cut)
            {
                await context.Response.OutputStream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
                await context.Response.OutputStream.FlushAsync();
                context.Response.Abort();
                return;
            }
            await context.Response.OutputStream.WriteAsync(bytes);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The caller lost patience.
        }
    }

    /// <summary>What the server sends.</summary>
    internal sealed record Answer(int Status, string Body, TimeSpan Delay = default, string? RetryAfter = null, bool Cut = false);
}
