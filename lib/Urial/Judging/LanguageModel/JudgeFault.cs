using System.ClientModel;
using System.ClientModel.Primitives;

namespace Urial;

/// <summary>What went wrong with a call, whether trying again may help, and when.</summary>
/// <param name="Message">For the reader.</param>
/// <param name="IsTransient">Whether another try may succeed.</param>
/// <param name="Wait">What the server asked to wait; null where it did not.</param>
internal sealed record JudgeFault(string Message, bool IsTransient, TimeSpan? Wait = null)
{
    private const int LongestMessage = 300;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait before the next try: what the server asked for, or half a second, doubled each time.</summary>
    /// <param name="attempt">0-based number of the try that failed.</param>
    public TimeSpan Delay(int attempt) => Wait is { } asked
        ? asked < LongestAsked ? asked : LongestAsked
        : TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, 0.5 * Math.Pow(2, attempt)));

    /// <summary>Sorts an exception of a call.</summary>
    public static JudgeFault Of(Exception exception, LlmJudgeOptions options) => exception switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Of(last, options),
        UrialException => new(exception.Message, IsTransient: false),
        OperationCanceledException => new(FormattableString.Invariant(
            $"{options.Model} did not answer within {options.Timeout.TotalSeconds:0.###} s."), IsTransient: true),
        ClientResultException { Status: > 0 } e => Of(e, options),
        _ => new($"No reply from {options.Model}: {Short(exception.Message, options)}", IsTransient: true),
    };

    /// <summary>Whether the server will not have the temperature that was sent.</summary>
    public bool RefusesTemperature { get; private init; }

    private static string Hint(int status) => status switch
    {
        401 or 403 => " (is OPENAI_API_KEY right?)",
        404 => " (is the endpoint right, up to and including /v1, and the model's name?)",
        429 => " (too many requests)",
        _ => "",
    };

    private static JudgeFault Of(ClientResultException e, LlmJudgeOptions options)
    {
        var response = e.GetRawResponse();
        var body = response?.Content.ToString() ?? "";
        // Some servers say 200 and put the error into the body.
        var status = e.Status < 300 && ServerReason.Status(body) is { } inside ? inside : e.Status;
        var reason = Short(ServerReason.Of(body), options);
        var saying = e.Status < 300 ? " with no reply" : reason.Length == 0 && response?.ReasonPhrase is { Length: > 0 } phrase
            ? $" ({phrase})" : "";
        var message = $"{options.Model}'s server answers {e.Status}{saying}{Hint(status)}{(reason.Length > 0 ? ": " + reason : ".")}";
        return new JudgeFault(message, status is 408 or 409 or 425 or 429 or >= 500 or < 300,
            After(response))
        { RefusesTemperature = IsOfTemperature(status, body) };
    }

    private static bool IsOfTemperature(int status, string body)
    {
        if (!body.Contains("temperature", StringComparison.OrdinalIgnoreCase))
            return false;
        return status is >= 400 and < 500 and not (401 or 403 or 404 or 408 or 429)
            || status != 429 && body.Contains("support", StringComparison.OrdinalIgnoreCase);
    }

    private static TimeSpan? After(PipelineResponse? response) =>
        response?.Headers.TryGetValue("Retry-After", out var value) == true && RetryAfter.Parse(value) is { } asked
            ? asked < LongestAsked ? asked : LongestAsked : null;

    // What a server says is freed of secrets first: half of one must not be left where it is shortened.
    private static string Short(string message, LlmJudgeOptions options) =>
        ShortText.Of(ServerSecrets.StrikeOut(message.ReplaceLineEndings(" ").Trim(), options.Secrets), LongestMessage);
}
