using Microsoft.Extensions.AI;

namespace Urial;

/// <summary>Stands where a chat model would and answers nothing: a judge over it has only the replies that are stored.</summary>
internal sealed class NoEndpoint : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null,
        CancellationToken cancellationToken = default) =>
        throw new UrialException("This prompt has no stored reply, and no endpoint is configured: set URIAL_JUDGE_MODEL and "
            + "OPENAI_BASE_URL or OPENAI_API_KEY to ask one.");

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null,
        CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Judges do not stream.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
