using System.Runtime.InteropServices;

namespace Urial.Cli;

/// <summary>
/// Ctrl-C and a request to end: a command that listens is asked to stop and has a few seconds to tidy up; one that does not, or is asked
/// twice, ends at once. Either way one line is printed and the exit code is <see cref="ExitCode.Stopped"/>.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly TextWriter _error;
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Lock _gate = new();
    private Timer? _deadline;

    public StopSignals(TextWriter error)
    {
        _error = error;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];
    }

    /// <summary>Asks the command to stop.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Whether the command listens to <see cref="Token"/>.</summary>
    public bool Listened { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _deadline?.Dispose();
        _stop.Dispose();
    }

    /// <summary>
    /// Ends the process without waiting for anything: native code that still computes would fail while the process tidies up around it.
    /// </summary>
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
        lock (_gate)
        {
            if (!Listened || _deadline is not null)
                EndStopped();
            _deadline = new Timer(_ => EndStopped(), null, Grace, Timeout.InfiniteTimeSpan);
        }
        _stop.Cancel();
    }

    private void EndStopped() => EndNow(LastResort.Tell(new OperationCanceledException(), _error));

    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void Exit(int code);
}
