using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Urial.Explore;

/// <summary>
/// Who may ask: only what knows the token in the address, at this computer's own name, from a page of ours. A page of another origin that
/// a reader's browser has open gets nothing, nor does one whose name was made to lead here; nor does another user of this computer.
/// </summary>
/// <param name="token">The token.</param>
/// <param name="port">The port that is listened to.</param>
internal sealed class Guard(string token, int port)
{
    private const int TokenBytes = 16; // 128 bits

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store"),
        ("Cross-Origin-Resource-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
    ];

    private readonly byte[] _token = Encoding.UTF8.GetBytes(token);
    private readonly string[] _hosts = [FormattableString.Invariant($"127.0.0.1:{port}"), FormattableString.Invariant($"localhost:{port}")];

    /// <summary>A new token.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>Sets the headers that every answer has.</summary>
    public static void Protect(HttpResponse response)
    {
        foreach (var (name, value) in Headers)
            response.Headers[name] = value;
    }

    /// <summary>What is asked for, behind the token; null where the request is not let in, and its status is set.</summary>
    public string? Path(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (Behind(request.Path.Value ?? "") is not { } path)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return null;
        }
        var ours = _hosts.Contains(request.Host.Value, StringComparer.OrdinalIgnoreCase)
            && request.Headers.Origin.All(origin => _hosts.Any(host => origin == $"http://{host}"))
            && request.Headers["Sec-Fetch-Site"].All(site => site is "same-origin" or "none" || site is not null && path.Length == 0);
        if (!ours)
            response.StatusCode = StatusCodes.Status403Forbidden;
        return ours ? path : null;
    }

    // /TOKEN/path
    private string? Behind(string path)
    {
        var end = path.IndexOf('/', Math.Min(1, path.Length));
        return end > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(path[1..end]), _token) ? path[(end + 1)..] : null;
    }
}
