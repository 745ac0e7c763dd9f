using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Polly;

namespace Urial;

/// <summary>Asks a server: so many requests at once, each within its time, again where that may help.</summary>
internal sealed class ServedRequests : IDisposable
{
    private readonly ServedModelSettings _settings;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _places;
    private readonly ResiliencePipeline _retries;

    /// <summary>Requests by these settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="say">Told of requests that fail again.</param>
    public ServedRequests(ServedModelSettings settings, Action<string>? say = null)
    {
        _settings = settings;
        Errors = new ServedErrors(settings);
        _places = new SemaphoreSlim(settings.Concurrency);
        // Redirects are not followed: the key is for this server alone.
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        _retries = ServerRetries.Pipeline(settings.Retries, settings.RetryDelay, (fault, tried) =>
        {
            if (int.IsPow2(tried) && tried > 1)
                say?.Invoke($"trying again ({tried}): {fault.Message}");
        });
    }

    /// <summary>What a reader is told of this server.</summary>
    public ServedErrors Errors { get; }

    /// <summary>Asks until an answer can be read, and gives what is read of that one.</summary>
    /// <param name="path">Such as <c>completions</c>.</param>
    /// <param name="body">JSON; null: nothing is posted.</param>
    /// <param name="read">Reads it, or throws <see cref="ServerFault"/> where another may be better.</param>
    /// <param name="cancellation">Ends it at once.</param>
    /// <exception cref="ServedRefusal">The server refuses.</exception>
    /// <exception cref="UrialException">It failed again and again, or its answer cannot be used.</exception>
    public async Task<T> AskAsync<T>(string path, byte[]? body, Func<JsonElement, T> read, CancellationToken cancellation) =>
        await _retries.ExecuteAsync(
            async token => await OnceAsync(path, body, read, token).ConfigureAwait(false), cancellation).ConfigureAwait(false);

    /// <summary>As the other, once.</summary>
    public async Task<T> OnceAsync<T>(string path, byte[]? body, Func<JsonElement, T> read, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var bytes = await SendAsync(path, body, cancellation).ConfigureAwait(false);
            using var json = Parse(bytes);
            if (json.RootElement.ValueKind == JsonValueKind.Object && ServerReason.IsError(json.RootElement))
                throw Errors.Of(200, null, Encoding.UTF8.GetString(bytes));
            return read(json.RootElement);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _places.Dispose();
    }

    private async Task<byte[]> SendAsync(string path, byte[]? body, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_settings.Timeout);
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, _settings.At(path));
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Headers.UserAgent.ParseAdd($"urial/{typeof(ServedRequests).Assembly.GetName().Version?.ToString(3)}");
        if (_settings.Key is { } key)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var reply = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token)
                .ConfigureAwait(false);
            var bytes = await reply.Content.ReadAsByteArrayAsync(patience.Token).ConfigureAwait(false);
            return reply.IsSuccessStatusCode ? bytes
                : throw Errors.Of((int)reply.StatusCode, HubRequests.Header(reply, "Retry-After"), Encoding.UTF8.GetString(bytes));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Errors.Silent();
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw Errors.Unreachable(problem);
        }
    }

    private JsonDocument Parse(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException problem)
        {
            // Python's servers write NaN and Infinity, which are no JSON: they are read as text, and refused where they stand.
            if (PythonNumbers.Quoted(bytes) is { } quoted)
                try
                {
                    return JsonDocument.Parse(quoted);
                }
                catch (JsonException)
                {
                    throw NoJson(bytes, problem);
                }
            throw NoJson(bytes, problem);
        }
    }

    private ServerFault NoJson(byte[] bytes, JsonException problem) => new(
        Errors.Unusable(bytes.Length == 0 ? "nothing, where JSON is expected"
            : $"no JSON ({Errors.Shown(Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 200))))})").Message, problem);
}
