using System.Globalization;
using System.Net;

namespace Urial;

/// <summary>What a reader is told when the hub refuses: by its status and its header <c>X-Error-Code</c>.</summary>
internal sealed class HubErrors(HubSettings settings)
{
    /// <summary>The error of a reply that is no success; what the server writes is not repeated, since it may hold anything.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="id">The model that was asked for.</param>
    /// <param name="file">The file that was asked for; null where it was the list of files.</param>
    public UrialException Of(HttpResponseMessage reply, HubId id, string? file)
    {
        var what = file is null ? id.ToString() : $"{id}, file {file}";
        var code = HubRequests.Header(reply, "X-Error-Code");
        var status = (int)reply.StatusCode;
        return (reply.StatusCode, code) switch
        {
            (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError, _) =>
                Busy(reply, what),
            (_, "GatedRepo") => Gated(id, settings.Token is null ? "no access token is set" : $"{settings.Token} has no access to it"),
            (_, "RepoNotFound") or (HttpStatusCode.Unauthorized, _) when settings.Token is null || code == "RepoNotFound" => Unknown(id),
            (HttpStatusCode.Unauthorized, _) when IsTokenRefused(reply) => new UrialException($"{settings.Address} does not "
                + $"know {settings.Token}: it is wrong, or was withdrawn. Set HF_TOKEN to a token from {settings.Address}/settings/tokens, "
                + "or to nothing for models that are open."),
            (HttpStatusCode.Unauthorized, _) => new UrialException($"{settings.Address} refuses {settings.Token} for {what}: the token is "
                + $"wrong, or the model does not exist, is private or gated. If gated: accept the licence at {Page(id)}, set HF_TOKEN to a "
                + "token of that account."),
            (HttpStatusCode.Forbidden, _) => Gated(id, settings.Token is null ? "no access token is set"
                : $"{settings.Token} has no access to it (a fine-grained token needs the right to read gated repositories)"),
            (HttpStatusCode.NotFound, "RevisionNotFound") => new UrialException(
                $"{id.Name} has no revision '{id.Revision}': see {Page(id)}/tree/main for its branches and commits."),
            (HttpStatusCode.NotFound, _) when file is not null => new UrialException(
                $"{id} has no file {file}, which its list of files names. Try again later, or name another revision."),
            (HttpStatusCode.NotFound, _) => new UrialException($"There is no model {id.Name} at {settings.Address}, or it has no revision "
                + $"'{id.Revision}'. Check the spelling at {Page(id)}."),
            _ => new UrialException(string.Create(CultureInfo.InvariantCulture,
                $"{settings.Address} answers {status} ({reply.StatusCode}) for {what}. Check HF_ENDPOINT, or try again later.")),
        };
    }

    /// <summary>No connection, or none that holds.</summary>
    public ServerFault Unreachable(string host, HttpRequestException cause) => new($"Cannot reach {host}: {Reason(cause).TrimEnd('.')}. "
        + "Check the network and HF_ENDPOINT; HF_HUB_OFFLINE=1 uses what is in the cache.", cause)
    {
        Tries = cause.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError ? 2 : int.MaxValue,
    };

    /// <summary>A server that says nothing for too long.</summary>
    public ServerFault Silent(string host) => new(string.Create(CultureInfo.InvariantCulture,
        $"{host} sent nothing for {settings.Patience.TotalSeconds:0.#} seconds. Run the same again: it goes on where it was."));

    private ServerFault Busy(HttpResponseMessage reply, string what)
    {
        var asked = reply.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - DateTimeOffset.UtcNow is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
            _ => (TimeSpan?)null,
        };
        var tooLong = asked > settings.LongestWait;
        return new ServerFault(string.Create(CultureInfo.InvariantCulture,
            $"{settings.Address} answers {(int)reply.StatusCode} ({reply.StatusCode}) for {what}")
            + (tooLong ? string.Create(CultureInfo.InvariantCulture, $", and asks to wait {asked!.Value.TotalMinutes:0} minutes.")
                : ", again and again.") + " Run the same later: it goes on where it was.")
        {
            RetryAfter = asked,
            Tries = tooLong ? 0 : int.MaxValue,
        };
    }

    private UrialException Gated(HubId id, string why) =>
        new($"{id} is gated, and {why}: accept the licence at {Page(id)}, set HF_TOKEN to a token of that account.");

    private UrialException Unknown(HubId id) => new($"{id.Name} does not exist at {settings.Address}, or is private or gated. Check the "
        + $"spelling; if gated: accept the licence at {Page(id)}, set HF_TOKEN to a token of that account"
        + $"{(settings.Token is null ? "" : $" ({settings.Token} was sent)")}.");

    private static string Reason(HttpRequestException cause) =>
        cause.InnerException is { } inner && !cause.Message.Contains(inner.Message, StringComparison.Ordinal)
            ? $"{cause.Message.TrimEnd('.')}: {inner.Message}" : cause.Message;

    private static bool IsTokenRefused(HttpResponseMessage reply) =>
        HubRequests.Header(reply, "X-Error-Message")?.Contains("credentials", StringComparison.OrdinalIgnoreCase) ?? false;

    private string Page(HubId id) => $"{settings.Address}/{id.Name}";
}
