using Microsoft.Extensions.AI;

namespace Urial;

/// <summary>Asks a chat model, at temperature 0 where it takes one, until its reply can be read, within the options' limits.</summary>
internal sealed class JudgeCaller : IDisposable
{
    private static readonly ChatOptions Greedy = new() { Temperature = 0 };
    private static readonly ChatOptions AsServed = new();
    private const int LongestInstead = 300;

    private readonly IChatClient _client;
    private readonly LlmJudgeOptions _options;
    private readonly SemaphoreSlim _places;
    private readonly Lock _lock = new();

    public JudgeCaller(IChatClient client, LlmJudgeOptions options)
    {
        options.Check();
        (_client, _options, _places) = (client, options, new SemaphoreSlim(options.Concurrency));
        AtServerTemperature = options.ServerTemperature;
    }

    /// <summary>What was sent so far.</summary>
    public JudgeUsage Spent { get; private set; } = JudgeUsage.None;

    /// <summary>Whether no temperature is sent: because none is to be, or because the model has been found to refuse it.</summary>
    public bool AtServerTemperature { get; private set; }

    /// <summary>How many replies came from the cache.</summary>
    public int Replayed { get; private set; }

    /// <summary>Whether a reply to this prompt is stored.</summary>
    public bool IsStored(string prompt) => _options.Cache?.Find(_options.Model, ContentHash.Of(prompt)) is not null;

    /// <summary>Asks for a verdict.</summary>
    /// <param name="prompt">The whole prompt.</param>
    /// <param name="read">Reads a reply, or throws <see cref="JudgeReplyException"/>.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<JudgeCall<T>> AskAsync<T>(string prompt, Func<string, T> read, CancellationToken cancellation) where T : class
    {
        var hash = ContentHash.Of(prompt);
        if (Replay(hash, read) is { } stored)
            return stored;
        await _places.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var usage = JudgeUsage.None;
            var atServer = AtServerTemperature;
            for (var attempt = 0; ;)
            {
                var (reply, fault) = await SendAsync(prompt, atServer, cancellation).ConfigureAwait(false);
                var cost = new JudgeUsage(1, reply?.Usage?.InputTokenCount ?? 0, reply?.Usage?.OutputTokenCount ?? 0);
                usage += cost;
                lock (_lock)
                {
                    Spent += cost;
                    AtServerTemperature |= atServer && reply is not null;
                }
                if (fault is { RefusesTemperature: true } && !atServer)
                {
                    atServer = true; // the same try, as this model will have it
                    continue;
                }
                if (reply is not null)
                {
                    try
                    {
                        var text = Text(reply);
                        var verdict = read(text);
                        _options.Cache?.Add(_options.Model, hash, text, cost, atServer);
                        return new JudgeCall<T>(verdict, null, usage, atServer);
                    }
                    catch (JudgeReplyException e)
                    {
                        fault = new JudgeFault(e.Message + Ending(reply), IsTransient: true);
                    }
                }
                if (!fault!.IsTransient || attempt == _options.Retries)
                {
                    var tries = attempt == 0 ? "" : $" (after {attempt + 1} tries)";
                    return new JudgeCall<T>(null, ServerSecrets.StrikeOut(fault.Message, _options.Secrets) + tries, usage, atServer);
                }
                await _options.Wait(fault.Delay(attempt++), cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        _client.Dispose();
    }

    private JudgeCall<T>? Replay<T>(string hash, Func<string, T> read) where T : class
    {
        if (_options.Cache?.Find(_options.Model, hash) is not { } stored)
            return null;
        try
        {
            var verdict = read(stored.Reply);
            lock (_lock)
                Replayed++;
            return new JudgeCall<T>(verdict, null, JudgeUsage.None, stored.AtServerTemperature);
        }
        catch (JudgeReplyException)
        {
            return null; // stored by another version, which read it more leniently: ask again
        }
    }

    private string Text(ChatResponse reply)
    {
        if (reply.FinishReason == ChatFinishReason.Length)
            throw new JudgeReplyException("The judge's reply was cut at its server's token limit.");
        var text = ServerSecrets.StrikeOut(reply.Text, _options.Secrets);
        var instead = reply.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().FirstOrDefault();
        if (instead is null || text.Length > 0)
            return text;
        var message = ServerSecrets.StrikeOut(instead.Message, _options.Secrets).ReplaceLineEndings(" ");
        throw new JudgeReplyException(ShortText.Of(message, LongestInstead));
    }

    private static string Ending(ChatResponse reply) =>
        reply.FinishReason is { } reason && reason != ChatFinishReason.Stop && reason != ChatFinishReason.Length
            ? $" The server ends it with {ShortText.Of(reason.Value, 40)}." : "";

    private async Task<(ChatResponse? Reply, JudgeFault? Fault)> SendAsync(string prompt, bool atServer, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_options.Timeout);
        try
        {
            return (await _client.GetResponseAsync(prompt, atServer ? AsServed : Greedy, patience.Token).ConfigureAwait(false), null);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            return (null, JudgeFault.Of(e, _options));
        }
    }
}
