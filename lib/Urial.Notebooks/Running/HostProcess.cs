using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Urial.Notebooks;

/// <summary>A kernel's process, and what it printed past the kernel: native code, or a crash.</summary>
internal sealed class HostProcess
{
    /// <summary>The host's file.</summary>
    public const string Program = "Urial.Notebooks.Host.dll";

    /// <summary>How many of its first lines are kept: a crash begins with its reason.</summary>
    private const int FirstLines = 5;

    /// <summary>How many of its last lines are kept, for what was said before the crash.</summary>
    private const int LastLines = 10;

    /// <summary>A line may be endless; its beginning tells.</summary>
    private const int MostOfALine = 1000;

    /// <summary>How long the last words of a dead process are waited for: a program that it started may hold its streams open.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly List<string> _said = [];
    private readonly Task _listening;

    private HostProcess(Process process)
    {
        _process = process;
        _process.StandardInput.Close();
        _listening = Task.WhenAll(ListenAsync(process.StandardOutput), ListenAsync(process.StandardError));
        Exited = process.WaitForExitAsync();
    }

    /// <summary>Ends when the process has.</summary>
    public Task Exited { get; }

    /// <summary>Starts a process that connects to a pipe.</summary>
    /// <param name="pipe">The pipe's name.</param>
    /// <param name="folder">The process's current folder.</param>
    /// <param name="host">The host's file; the one that was built beside this library where null.</param>
    /// <param name="processors">How many processors it takes itself to have: threads of .NET and of libtorch; all where null.</param>
    /// <param name="sharedScores">The folder that it shares scored answers through; null where it shares none.</param>
    /// <exception cref="UrialException">The program is not there, or cannot be started.</exception>
    public static HostProcess Start(string pipe, string folder, string? host, int? processors = null, string? sharedScores = null)
    {
        var start = new ProcessStartInfo(Dotnet())
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(host ?? Find());
        start.ArgumentList.Add(pipe);
        if (processors is { } count)
            foreach (var variable in new[] { "DOTNET_PROCESSOR_COUNT", "OMP_NUM_THREADS" })
                start.Environment.TryAdd(variable, count.ToString(CultureInfo.InvariantCulture));
        if (sharedScores is not null)
            start.Environment.TryAdd(SharedScores.Variable, sharedScores);
        // A chapter runs for seconds. What it calls some thousand times (hexadecimal: 0x1000) is compiled well, and at once: by default the
        // runtime waits until nothing new is called for a tenth of a second, and in a chapter something always is, so that the loops over
        // logits ran slowly for their first five seconds. What it calls less often, as most of the C# compiler, is not worth it.
        start.Environment.TryAdd("DOTNET_TieredPGO", "0");
        start.Environment.TryAdd("DOTNET_TC_CallCountThreshold", "1000");
        start.Environment.TryAdd("DOTNET_TC_CallCountingDelayMs", "0");
        try
        {
            return new HostProcess(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new UrialException($"{start.FileName} could not be started in {folder}: {e.Message}", e);
        }
    }

    /// <summary>Ends the process and all that it started.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // it has ended already
            return;
        }
    }

    /// <summary>How the process ended, and the last that it said; waits for its end.</summary>
    public async Task<string> ObituaryAsync()
    {
        await Exited;
        await Task.WhenAny(_listening, Task.Delay(EndPatience));
        var message = FormattableString.Invariant($"The notebook's process ended with exit code {_process.ExitCode} before its last cell.");
        lock (_said)
            return _said.Count > 0 ? $"{message} It said:\n{string.Join('\n', _said)}" : message;
    }

    private async Task ListenAsync(StreamReader reader)
    {
        var buffer = new char[4096];
        var line = new StringBuilder();
        for (int read; (read = await reader.ReadAsync(buffer)) > 0;)
            foreach (var c in buffer.AsMemory(0, read).ToArray())
                if (c == '\n')
                    End();
                else if (line.Length < MostOfALine)
                    line.Append(c);
        if (line.Length > 0)
            End();

        void End()
        {
            lock (_said)
            {
                _said.Add(CellText.Of(line.ToString()).TrimEnd());
                if (_said.Count > FirstLines + LastLines)
                    _said.RemoveAt(FirstLines);
            }
            line.Clear();
        }
    }

    /// <summary>
    /// The host beside this library, or in the repository's output folder where the library runs from elsewhere (in tests).
    /// </summary>
    private static string Find()
    {
        string[] places = [Path.Combine(AppContext.BaseDirectory, "host", Program), Repository.Path("lib", "bin", "host", Program)];
        return places.FirstOrDefault(File.Exists)
            ?? throw new UrialException($"{places[^1]} is missing: build the solution first (dotnet build, in the repository's folder).");
    }

    /// <summary>The program that runs this very process's runtime.</summary>
    private static string Dotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(beside) ? beside : name;
    }
}
