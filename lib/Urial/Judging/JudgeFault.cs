using System.ClientModel;
using System.Globalization;

namespace Urial;

/// <summary>What went wrong with a call, whether trying again may help, and when.</summary>
/// <param name="Message">For the reader.</param>
/// <param name="IsTransient">Whether another try may succeed.</param>
/// <param name="RetryAfter">What the server asked to wait; null where it did not.</param>
internal sealed record JudgeFault(string Message, bool IsTransient, TimeSpan? RetryAfter = null)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait before the next try: what the server asked for, or half a second, doubled each time.</summary>
    /// <param name="attempt">0-based number of the try that failed.</param>
    public TimeSpan Delay(int attempt) => RetryAfter is { } asked
        ? asked < LongestAsked ? asked : LongestAsked
        : TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, 0.5 * Math.Pow(2, attempt)));

    /// <summary>Sorts an exception of a call.</summary>
    public static JudgeFault Of(Exception exception, LlmJudgeOptions options) => exception switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Of(last, options),
        UrialException => new(exception.Message, IsTransient: false),
        OperationCanceledException => new(FormattableString.Invariant($"{options.Model} did not answer within {options.Timeout.TotalSeconds:0.###} s."), IsTransient: true),
        ClientResultException { Status: > 0 } e => new(
            $"{options.Model}'s server answers {e.Status}{Hint(e.Status)}: {Short(e.Message)}",
            IsTransient: e.Status is 408 or 409 or 425 or 429 or >= 500 or < 300, After(e)),
        _ => new($"No reply from {options.Model}: {Short(exception.Message)}", IsTransient: true),
    };

    /// <summary>The text without any of the secrets.</summary>
    public static string StrikeOut(string text, IReadOnlyList<string> secrets) =>
        secrets.Where(secret => secret.Length > 0).Aggregate(text, (rest, secret) => rest.Replace(secret, "[key]", StringComparison.Ordinal));

    private static string Hint(int status) => status switch
    {
        401 or 403 => " (is OPENAI_API_KEY right?)",
        404 => " (is the endpoint right, up to and including /v1, and the model's name?)",
        429 => " (too many requests)",
        _ => "",
    };

    private static TimeSpan? After(ClientResultException e)
    {
        if (e.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var value) != true)
            return null;
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(Math.Min(seconds, LongestAsked.TotalSeconds));
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var date) && date - DateTimeOffset.UtcNow is var wait && wait > TimeSpan.Zero
            ? wait : null;
    }

    private static string Short(string message) => message.ReplaceLineEndings(" ").Trim() is { Length: > 300 } whole ? whole[..300] + "…" : message.ReplaceLineEndings(" ").Trim();
}
