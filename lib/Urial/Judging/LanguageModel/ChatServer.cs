using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Message = Microsoft.Extensions.AI.ChatMessage;

namespace Urial;

/// <summary>
/// A chat model behind a server that speaks OpenAI's protocol more or less. The library sends; what comes back is read here
/// (<see cref="ServerReply"/>), since its own types refuse replies over fields that nobody needs.
/// </summary>
internal sealed class ChatServer : IChatClient
{
    private readonly ChatClient _client;
    private readonly string _model;

    /// <summary>A model at a server.</summary>
    /// <param name="address">The server, up to and including <c>/v1</c>.</param>
    /// <param name="key">Goes into the request's header.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="timeout">The longest silence of the network.</param>
    public ChatServer(Uri address, string key, string model, TimeSpan timeout)
    {
        _model = model;
        _client = new OpenAIClient(new ApiKeyCredential(key), new OpenAIClientOptions
        {
            Endpoint = address,
            // Retries are counted, waited for and recorded in one place: ours.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = timeout,
        }).GetChatClient(model);
    }

    /// <inheritdoc/>
    /// <exception cref="ClientResultException">The server answers with an error, whatever its status.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<Message> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var body = BinaryContent.Create(Request(messages, options?.Temperature));
        var quietly = new RequestOptions { CancellationToken = cancellationToken, ErrorOptions = ClientErrorBehaviors.NoThrow };
        var result = await _client.CompleteChatAsync(body, quietly).ConfigureAwait(false);
        var response = result.GetRawResponse();
        return response.IsError ? throw new ClientResultException(response)
            : ServerReply.Read(response.Content.ToMemory()) ?? throw new ClientResultException(response);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<Message> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Judges do not stream.");

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private BinaryData Request(IEnumerable<Message> messages, float? temperature)
    {
        using var request = new MemoryStream();
        using (var json = new Utf8JsonWriter(request))
        {
            json.WriteStartObject();
            json.WriteString("model", _model);
            json.WriteStartArray("messages");
            foreach (var message in messages)
            {
                json.WriteStartObject();
                json.WriteString("role", message.Role.Value);
                json.WriteString("content", message.Text);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            if (temperature is { } degree)
                json.WriteNumber("temperature", degree);
            json.WriteEndObject();
        }
        return BinaryData.FromBytes(request.ToArray());
    }
}
