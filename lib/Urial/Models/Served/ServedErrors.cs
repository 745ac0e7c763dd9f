using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Urial;

/// <summary>What a reader is told of a server that cannot be reached, refuses, or answers what cannot be used.</summary>
internal sealed partial class ServedErrors(ServedModelSettings settings)
{
    private const int LongestReason = 300;

    private string Server => settings.ToString();

    /// <summary>The error of a reply that is no success, or that says in its body that it is none.</summary>
    /// <param name="status">The reply's status.</param>
    /// <param name="retryAfter">Its header of that name.</param>
    /// <param name="body">Its body.</param>
    public UrialException Of(int status, string? retryAfter, string body)
    {
        var inside = status < 300 ? ServerReason.Status(body) ?? 500 : status;
        var reason = Shown(ServerReason.Of(body, controls: true));
        var message = string.Create(CultureInfo.InvariantCulture, $"{Server} answers {status}")
            + $" ({(status < 300 ? "with an error" : Enum.IsDefined((HttpStatusCode)status) ? ((HttpStatusCode)status).ToString() : "?")})"
            + Hint(inside) + (reason.Length > 0 ? $": {reason.TrimEnd('.')}." : ".");
        if (inside is not (408 or 409 or 425 or 429 or >= 500) || inside is 501 or 505)
            return new ServedRefusal(message, inside, body);
        var asked = RetryAfter.Parse(retryAfter);
        var tooLong = asked > settings.LongestWait;
        return new ServerFault(message + (tooLong
            ? string.Create(CultureInfo.InvariantCulture, $" It asks to wait {asked!.Value.TotalMinutes:0} minutes: run the same later.")
            : ""))
        {
            RetryAfter = asked,
            Tries = tooLong ? 0 : int.MaxValue,
        };
    }

    /// <summary>A reply that cannot be used, and that another may replace: cut, no JSON, a field missing.</summary>
    public ServerFault Unusable(string what) => new($"{Server} answers what cannot be used: {what}.") { Tries = 3 };

    /// <summary>A reply that will be no better when it is asked for again.</summary>
    public UrialException Wrong(string what) => new($"{Server} {what}");

    /// <summary>No connection, or none that holds.</summary>
    public ServerFault Unreachable(Exception cause)
    {
        var kind = (cause as HttpRequestException)?.HttpRequestError;
        var reason = Shown(cause.InnerException is { } inner ? inner.Message : cause.Message).TrimEnd('.');
        return new ServerFault($"Cannot reach {Server}: {reason}.", cause)
        {
            Tries = kind is HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError ? 2 : int.MaxValue,
        };
    }

    /// <summary>A server that took too long.</summary>
    public ServerFault Silent() => new(string.Create(CultureInfo.InvariantCulture,
        $"{Server} did not answer within {settings.Timeout.TotalSeconds:0.###} seconds."));

    /// <summary>The limit of log probabilities that a refusal names; null where it is no such refusal.</summary>
    public static int? LimitOf(ServedRefusal refusal)
    {
        var reason = ServerReason.Of(refusal.Body);
        if (!reason.Contains("logprob", StringComparison.OrdinalIgnoreCase))
            return null;
        return Limit().Match(reason) is { Success: true } match
            && int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }

    /// <summary>The error where more log probabilities are asked for than the server gives.</summary>
    public UrialException TooMany(int limit) => new(string.Create(CultureInfo.InvariantCulture,
        $"{Server} gives at most {limit} log-probabilities a position, and --top-logprobs asks for ")
        + (settings.TopLogprobs == -1 ? "the whole vocabulary (−1)" : settings.TopLogprobs.ToString(CultureInfo.InvariantCulture))
        + string.Create(CultureInfo.InvariantCulture, $". Ask for --top-logprobs {limit} or fewer, or start the server with a higher ")
        + string.Create(CultureInfo.InvariantCulture, $"limit (vLLM: --max-logprobs {settings.TopLogprobs})."));

    /// <summary>What a server says, for a message: without secrets, made visible, shortened.</summary>
    public string Shown(string text) =>
        ShortText.Of(VisibleText.Of(ServerSecrets.StrikeOut(text.ReplaceLineEndings(" ").Trim(), settings.Secrets)), LongestReason);

    /// <summary>The error where a server's tokens are not the tokenizer's.</summary>
    /// <param name="id">A token that both spell in other ways.</param>
    /// <param name="spelling">The server's spelling.</param>
    /// <param name="tokenizer">Has the other.</param>
    public UrialException OtherTokenizer(int id, string spelling, HfTokenizer tokenizer) =>
        Wrong($"spells token {id} as \"{Shown(spelling.Replace(' ', '·').Replace('\n', '↵'))}\", and the tokenizer as "
            + $"\"{tokenizer.Token(id).Shown}\": they do not belong together. Name the folder of the served model's tokenizer with "
            + "--tokenizer.");

    private static string Hint(int status) => status switch
    {
        401 or 403 => " (is OPENAI_API_KEY right?)",
        404 => " (is the address right, up to and including /v1, and the model's name?)",
        429 => " (too many requests)",
        >= 300 and < 400 => " (it redirects: name the address that it leads to)",
        _ => "",
    };

    [GeneratedRegex(@"(?:max(?:imum)?(?: allowed| value)?|less than or equal to|at most|no more than|up to|≤|<=)\D{0,20}?(\d+)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Limit();
}
