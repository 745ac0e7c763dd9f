using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly;

namespace Urial;

/// <summary>
/// Asks the hub. The access token goes to the hub alone: redirects are followed here, and once one has led to another host (the one that
/// stores large files) no request carries it any more.
/// </summary>
internal sealed class HubRequests : IDisposable
{
    private const int MostRedirects = 10;
    private const int LongestAnswer = 64 << 20; // bytes of the list of files

    private readonly HubSettings _settings;
    private readonly HubErrors _errors;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline _retries;

    /// <summary>Requests by these settings.</summary>
    /// <param name="settings">The hub, the token, how patient to be.</param>
    /// <param name="handler">Sends them, and follows no redirects; the system's, with its proxies, where null.</param>
    public HubRequests(HubSettings settings, HttpMessageHandler? handler = null)
    {
        (_settings, _errors) = (settings, new HubErrors(settings));
        _http = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        _retries = ServerRetries.Pipeline(settings.Retries, settings.RetryDelay);
    }

    /// <summary>A header's value, whatever form it has; null where it is missing.</summary>
    public static string? Header(HttpResponseMessage reply, string name) =>
        reply.Headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    /// <summary>What the hub says of a model at a revision: its commit and the list of its files.</summary>
    /// <exception cref="UrialException">It has none, refuses, or cannot be reached.</exception>
    public Task<HubListing> ListAsync(HubId id, CancellationToken cancellation) => RetryAsync(async token =>
    {
        var (reply, _) = await SendAsync(HttpMethod.Get, $"api/models/{id.Name}/revision/{Uri.EscapeDataString(id.Revision)}", null, true,
            id, null, token).ConfigureAwait(false);
        using (reply)
            return HubListing.Parse(await ReadJsonAsync(reply, id, token).ConfigureAwait(false), id);
    }, cancellation);

    /// <summary>How the hub describes a file.</summary>
    /// <exception cref="UrialException">It is missing, refused, or described in no usable way.</exception>
    public Task<RemoteFile> DescribeAsync(HubId id, string commit, string name, CancellationToken cancellation) => RetryAsync(async token =>
    {
        var (reply, linked) = await SendAsync(HttpMethod.Head, FileAddress(id, commit, name), null, false, id, name, token)
            .ConfigureAwait(false);
        using (reply)
        {
            if (Header(reply, "X-Repo-Commit") is { } answered && answered != commit)
                throw new UrialException($"{_settings.Address} answers for another commit of {id} than was asked for. Try again.");
            var etag = linked ?? Header(reply, "ETag")
                ?? throw new UrialException($"{_settings.Address} names no ETag for {id}, file {name}. Is HF_ENDPOINT a hub?");
            return new RemoteFile(name, RemoteFile.CleanETag(etag, name), SizeOf(reply));
        }
    }, cancellation);

    /// <summary>Asks once for a file's bytes, from a position on.</summary>
    /// <returns>The reply, whose body is not read yet: 200, 206 or 416.</returns>
    /// <exception cref="ServerFault">It may work when it is tried again.</exception>
    public async Task<HttpResponseMessage> OpenAsync(HubId id, string commit, RemoteFile file, long from, CancellationToken cancellation)
    {
        var (reply, linked) = await SendAsync(HttpMethod.Get, FileAddress(id, commit, file.Name), from, true, id, file.Name, cancellation)
            .ConfigureAwait(false);
        if (linked is null || RemoteFile.CleanETag(linked, file.Name) == file.ETag)
            return reply;
        reply.Dispose();
        throw new ServerFault($"{_settings.Address} describes {id}, file {file.Name}, otherwise than a moment ago. Run the same again.");
    }

    /// <summary>Tries until it works, pausing longer each time or as long as the server asks, and gives up after a few tries.</summary>
    public async Task<T> RetryAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellation) =>
        await _retries.ExecuteAsync(async token => await attempt(token).ConfigureAwait(false), cancellation).ConfigureAwait(false);

    /// <summary>Waits for the server, as long as it may stay silent.</summary>
    /// <exception cref="ServerFault">It stayed silent, or the connection broke.</exception>
    public async Task<T> WaitAsync<T>(string host, Func<CancellationToken, Task<T>> receive, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_settings.Patience);
        try
        {
            return await receive(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw _errors.Silent(host);
        }
        catch (HttpRequestException problem)
        {
            throw _errors.Unreachable(host, problem);
        }
        catch (IOException problem)
        {
            throw new ServerFault($"The connection to {host} broke: {problem.Message.TrimEnd('.')}. Run the same again: it goes on where "
                + "it was.", problem);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string FileAddress(HubId id, string commit, string name) =>
        $"{id.Name}/resolve/{commit}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}";

    // Gives the last reply and what the hub called the file on the way to it. Where `leave` is false it stays with the hub.
    private async Task<(HttpResponseMessage Reply, string? Linked)> SendAsync(
        HttpMethod method, string path, long? from, bool leave, HubId id, string? file, CancellationToken cancellation)
    {
        var address = new Uri($"{_settings.Address}/{path}");
        var (isHome, linked) = (true, (string?)null);
        for (var hops = 0; hops <= MostRedirects; hops++)
        {
            using var request = Request(method, address, from, isHome);
            var reply = await WaitAsync(address.Host,
                token => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellation).ConfigureAwait(false);
            linked = isHome ? Header(reply, "X-Linked-Etag") ?? linked : linked;
            if (Next(reply, address) is { } next)
            {
                var staysHome = isHome && IsSameServer(address, next);
                if (!staysHome && !leave)
                    return (reply, linked);
                reply.Dispose();
                (address, isHome) = (next, staysHome);
                continue;
            }
            if (reply.IsSuccessStatusCode || reply.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && from > 0)
                return (reply, linked);
            using (reply)
                throw isHome ? _errors.Of(reply, id, file) // elsewhere, a signed address may have run out: the hub gives another
                    : new ServerFault(string.Create(CultureInfo.InvariantCulture,
                        $"{address.Host} answers {(int)reply.StatusCode} for {id}, file {file}. Run the same later: it goes on there."));
        }
        throw new UrialException($"{_settings.Address} redirects without end for {id}. Check HF_ENDPOINT.");
    }

    private HttpRequestMessage Request(HttpMethod method, Uri address, long? from, bool isHome)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.UserAgent.ParseAdd($"urial/{typeof(HubRequests).Assembly.GetName().Version?.ToString(3)}");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity")); // lengths and ranges are of the file itself
        if (from > 0)
            request.Headers.Range = new RangeHeaderValue(from, null);
        if (isHome)
            request.Headers.Authorization = _settings.Token?.Header;
        return request;
    }

    private static Uri? Next(HttpResponseMessage reply, Uri from)
    {
        if (reply.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
            return null;
        if (Header(reply, "Location") is not { } location || !Uri.TryCreate(from, location, out var next)
            || next.Scheme != Uri.UriSchemeHttps && next.Scheme != from.Scheme)
            throw new UrialException($"{from.Host} redirects to no address, or from https to less. Check HF_ENDPOINT.");
        return next;
    }

    // The same origin, or its step up from http to https.
    private static bool IsSameServer(Uri one, Uri other) =>
        one.GetLeftPart(UriPartial.Authority) == other.GetLeftPart(UriPartial.Authority)
            || one.Host == other.Host && one.IsDefaultPort && other.IsDefaultPort && other.Scheme == Uri.UriSchemeHttps;

    private static long? SizeOf(HttpResponseMessage reply) =>
        long.TryParse(Header(reply, "X-Linked-Size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size
            : reply.IsSuccessStatusCode ? reply.Content.Headers.ContentLength : null;

    private async Task<JsonElement> ReadJsonAsync(HttpResponseMessage reply, HubId id, CancellationToken cancellation)
    {
        var bytes = await WaitAsync(_settings.Endpoint.Host, token => reply.Content.ReadAsByteArrayAsync(token), cancellation)
            .ConfigureAwait(false);
        try
        {
            return JsonElement.Parse(bytes);
        }
        catch (JsonException problem)
        {
            throw new UrialException(
                $"{_settings.Address} answers no JSON about {id}. Check HF_ENDPOINT, and that no proxy stands between.", problem);
        }
    }
}
