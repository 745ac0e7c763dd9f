using Microsoft.AspNetCore.Http;

namespace Urial.Explore;

/// <summary>An answer told in events, as they happen. Until the first, it can still become an error.</summary>
/// <param name="response">Where they go.</param>
internal sealed class EventStream(HttpResponse response)
{
    /// <summary>Sends one.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="json">Its data, in one line.</param>
    public async Task SendAsync(string name, string json)
    {
        if (!response.HasStarted)
            response.ContentType = "text/event-stream; charset=utf-8";
        await response.WriteAsync($"event: {name}\ndata: {json}\n\n").ConfigureAwait(false);
        await response.Body.FlushAsync().ConfigureAwait(false);
    }
}
