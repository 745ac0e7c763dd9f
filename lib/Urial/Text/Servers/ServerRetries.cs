using Polly;
using Polly.Retry;

namespace Urial;

/// <summary>Tries again where that may help (<see cref="ServerFault"/>), pausing longer each time or as long as the server asks.</summary>
internal static class ServerRetries
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>The retries of one client.</summary>
    /// <param name="retries">How often a request is repeated.</param>
    /// <param name="delay">The pause before the first repetition; it doubles with each, more or less.</param>
    /// <param name="told">Told of each fault that is passed over, and of the repetition's number.</param>
    public static ResiliencePipeline Pipeline(int retries, TimeSpan delay, Action<ServerFault, int>? told = null) =>
        retries == 0 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = tried =>
                ValueTask.FromResult(tried.Outcome.Exception is ServerFault fault && tried.AttemptNumber < fault.Tries),
            MaxRetryAttempts = retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = delay,
            MaxDelay = LongestPause,
            DelayGenerator = tried => ValueTask.FromResult((tried.Outcome.Exception as ServerFault)?.RetryAfter),
            OnRetry = tried =>
            {
                if (tried.Outcome.Exception is ServerFault fault)
                    told?.Invoke(fault, tried.AttemptNumber + 1);
                return ValueTask.CompletedTask;
            },
        }).Build();
}
