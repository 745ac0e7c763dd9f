using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Urial.Benchmarks;

/// <summary>
/// llama.cpp in a process of its own. Both libraries compute with OpenMP, and the settings of its threads hold for a process: ours sleep
/// while they wait for each other, which llama.cpp, whose operations are many and short, would suffer from. There it waits as it does
/// unasked.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    /// <summary>The argument that makes this program that process.</summary>
    public const string Word = "peer-process";

    private readonly Process _process;

    /// <summary>Starts it.</summary>
    public PeerProcess()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(PeerProcess).Assembly.Location);
        start.ArgumentList.Add(Word);
        // Set, since our library sets what is not; 300,000 is what libgomp takes unasked (its manual, GOMP_SPINCOUNT).
        start.Environment["OMP_WAIT_POLICY"] = "ACTIVE";
        start.Environment["GOMP_SPINCOUNT"] = "300000";
        start.Environment["KMP_BLOCKTIME"] = "200";
        start.Environment.Remove("OMP_NUM_THREADS");
        _process = Process.Start(start) ?? throw new UrialException($"'{start.FileName}' does not start.");
    }

    /// <summary>Loads a file.</summary>
    /// <param name="path">The GGUF file.</param>
    /// <param name="exact">As in <see cref="LlamaCpp"/>.</param>
    public void Open(string path, bool exact) => Ask(new PeerRequest("open", path, exact));

    /// <summary>Logits of every position of a text. // [positions · vocabulary]</summary>
    public float[] Logits(int[] ids)
    {
        var file = Path.GetTempFileName();
        try
        {
            Ask(new PeerRequest("logits", file, Texts: [ids]));
            return MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file)).ToArray();
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Seconds of a pass with all logits.</summary>
    public double Score(int[] ids) => Ask(new PeerRequest("score", Texts: [ids])).Seconds;

    /// <summary>Seconds of some steps of greedy answers side by side, and the answers.</summary>
    public (double Seconds, int[][] Answers) Answer(int[][] prompts, int first, int steps)
    {
        var reply = Ask(new PeerRequest("answer", Texts: prompts, First: first, Steps: steps));
        return (reply.Seconds, reply.Answers!);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close(); // which ends it
        _process.WaitForExit();
        _process.Dispose();
    }

    private PeerReply Ask(PeerRequest request)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine()
            ?? throw new UrialException($"llama.cpp's process ended while it was asked for '{request.Do}': see what it wrote above.");
        var reply = JsonSerializer.Deserialize<PeerReply>(line)!;
        return reply.Failure is null ? reply : throw new UrialException($"llama.cpp, asked for '{request.Do}': {reply.Failure}");
    }
}
