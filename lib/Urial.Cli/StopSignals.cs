using System.Runtime.InteropServices;

namespace Urial.Cli;

/// <summary>
/// Ctrl-C and a request to end: a command that listens is asked to stop and has a few seconds to tidy up; one that does not, or is asked
/// twice, ends at once. Either way one line is printed and the exit code is <see cref="ExitCode.Stopped"/>.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly TextWriter error;
    private readonly CancellationTokenSource stop = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly Lock gate = new();
    private Timer? deadline;

    public StopSignals(TextWriter error)
    {
        this.error = error;
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];
    }

    /// <summary>Asks the command to stop.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>Whether the command listens to <see cref="Token"/>.</summary>
    public bool Listened { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        deadline?.Dispose();
        stop.Dispose();
    }

    /// <summary>Ends the process without waiting for anything: native code that still computes would fail while the process tidies up around it.</summary>
    internal static void EndNow(int code)
    {
        if (OperatingSystem.IsWindows())
            Environment.Exit(code);
        else
            Exit(code);
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true; // not the system's way, which would leave no line
        lock (gate)
        {
            if (!Listened || deadline is not null)
                EndStopped();
            deadline = new Timer(_ => EndStopped(), null, Grace, Timeout.InfiniteTimeSpan);
        }
        stop.Cancel();
    }

    private void EndStopped() => EndNow(LastResort.Tell(new OperationCanceledException(), error));

    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void Exit(int code);
}
