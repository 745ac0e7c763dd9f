using System.Diagnostics;
using System.Globalization;

namespace Urial;

/// <summary>Waits until a server has started: a large model is loaded for minutes, and until then no port is open.</summary>
internal static class ServedStart
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>The models that it has, once it answers.</summary>
    /// <returns>Null where it has no list of models, and the model is named.</returns>
    /// <exception cref="UrialException">It does not start in time, or refuses.</exception>
    public static async Task<ServedListing?> WaitAsync(
        ServedModelSettings settings, ServedRequests requests, Action<string>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await requests.OnceAsync("models", null, json => ServedListing.Read(json, requests.Errors), cancellation)
                    .ConfigureAwait(false);
            }
            catch (ServedRefusal refusal) when (refusal.Status is 404 or 405 or 501 && settings.Model is not null)
            {
                return null;
            }
            catch (ServerFault fault) when (watch.Elapsed < settings.StartPatience && attempt < fault.Tries)
            {
                progress?.Invoke(string.Create(CultureInfo.InvariantCulture,
                    $"Waiting for {settings} ({watch.Elapsed.TotalSeconds:0} s): {fault.Message}"));
                var left = settings.StartPatience - watch.Elapsed;
                var pause = fault.RetryAfter ?? settings.RetryDelay * Math.Pow(2, Math.Min(attempt - 1, 10));
                pause = pause < Longest ? pause : Longest;
                await Task.Delay(pause < left || left <= TimeSpan.Zero ? pause : left, cancellation).ConfigureAwait(false);
            }
        }
    }
}
