using System.IO.Pipes;
using System.Threading.Channels;

namespace Urial.Notebooks;

/// <summary>
/// A process in which the .NET Interactive kernel runs one notebook: a chapter starts from nothing, its memory goes back when it ends
/// and can be measured, and a crash of native code takes one chapter down and names it, instead of the whole run.
/// </summary>
internal sealed class KernelHost : IAsyncDisposable
{
    /// <summary>What a process may take to start, beside programs that keep the machine busy.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);

    private readonly HostProcess _process;
    private readonly HostChannel _channel;
    private readonly Channel<HostMessage> _messages = Channel.CreateBounded<HostMessage>(256);

    private KernelHost(HostProcess process, Stream pipe)
    {
        (_process, _channel) = (process, new HostChannel(pipe));
        new Thread(Receive) { IsBackground = true, Name = "messages of a notebook's kernel" }.Start();
    }

    /// <summary>What the kernel says, in order; it ends when the process has died.</summary>
    public ChannelReader<HostMessage> Messages => _messages.Reader;

    /// <summary>Starts a kernel and waits until it is ready.</summary>
    /// <param name="folder">The notebook's folder, which is the process's current one.</param>
    /// <param name="program">The host's file; the one that was built beside this library where null.</param>
    /// <param name="processors">How many processors it takes itself to have; all where null.</param>
    /// <param name="sharedScores">The folder that it shares scored answers through; null where it shares none.</param>
    /// <param name="cancellation">Ends the process.</param>
    /// <exception cref="UrialException">The kernel cannot be started here.</exception>
    public static async Task<KernelHost> StartAsync(
        string folder, string? program, int? processors, string? sharedScores, CancellationToken cancellation)
    {
        var name = "urial-" + Guid.NewGuid().ToString("N")[..12]; // short: it becomes part of a path whose length is limited
        var pipe = new NamedPipeServerStream(
            name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        var process = HostProcess.Start(name, folder, program, processors, sharedScores);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(StartPatience);
        try
        {
            var connected = pipe.WaitForConnectionAsync(patience.Token);
            if (await Task.WhenAny(connected, process.Exited) != connected)
                throw new UrialException($"The notebook kernel did not start. {await process.ObituaryAsync()}");
            await connected;
            var host = new KernelHost(process, pipe);
            if (!await host.Messages.WaitToReadAsync(patience.Token))
                throw new UrialException($"The notebook kernel did not start. {await process.ObituaryAsync()}");
            await host.Messages.ReadAsync(patience.Token);
            return host;
        }
        catch (Exception e)
        {
            process.Kill();
            await pipe.DisposeAsync();
            if (e is OperationCanceledException && !cancellation.IsCancellationRequested)
                throw new UrialException(
                    FormattableString.Invariant($"The notebook kernel did not start within {StartPatience.TotalSeconds:0} seconds."), e);
            throw;
        }
    }

    /// <summary>
    /// Has the kernel run a cell; what comes of it is in <see cref="Messages"/>, up to <see cref="HostMessageKind.Done"/>.
    /// </summary>
    /// <exception cref="IOException">The process has died.</exception>
    public void Run(int number, string source) => _channel.Send(new HostMessage(HostMessageKind.Run, number, source));

    /// <summary>Why the process is no more, with the last that it said outside of messages.</summary>
    public Task<string> ObituaryAsync() => _process.ObituaryAsync();

    /// <summary>Ends the process, whatever it does.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        _channel.Dispose();
        await _process.Exited;
    }

    private void Receive()
    {
        while (_channel.Receive() is { } message)
            if (!_messages.Writer.WriteAsync(message).AsTask().Wait(Timeout.InfiniteTimeSpan))
                break;
        _messages.Writer.TryComplete();
    }
}
