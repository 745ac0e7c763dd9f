using System.Diagnostics;
using Urial.MicroWorld;

namespace Urial.Tests.Training;

/// <summary><c>urial train</c> in a process of its own, killed without warning.</summary>
public sealed class KilledRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-killed-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_killed_run_loses_at_most_one_checkpoint_interval()
    {
        var checkpoint = Path.Combine(_folder.FullName, "checkpoint.safetensors");
        using (var first = Train())
        {
            var waited = Stopwatch.StartNew();
            while (!File.Exists(checkpoint) && !first.HasExited && waited.Elapsed < TimeSpan.FromMinutes(2))
                await Task.Delay(20);
            Assert.True(File.Exists(checkpoint), "no checkpoint was written");
            first.Kill(entireProcessTree: true); // SIGKILL where there are signals
            await first.WaitForExitAsync();
        }
        int kept;
        using (var read = SafeTensors.Open(checkpoint))
            kept = int.Parse(read.Metadata["step"], System.Globalization.CultureInfo.InvariantCulture);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "micro-base")));

        using var second = Train();
        var output = await second.StandardOutput.ReadToEndAsync();
        await second.WaitForExitAsync();

        Assert.Equal(0, second.ExitCode);
        Assert.InRange(kept, 10, 20);
        var steps = TrainingCurve.Read(Path.Combine(_folder.FullName, "micro-base", "training.jsonl")).Select(p => p.Step).ToList();
        Assert.Equal(23, steps[^1]);
        Assert.Equal(steps.Distinct().Order(), steps);
        Assert.Contains("base: done", output);
    }

    /// <summary>23 toy steps with a checkpoint every 10.</summary>
    private Process Train() => Process.Start(new ProcessStartInfo("dotnet",
        [Path.Combine(AppContext.BaseDirectory, "Urial.Cli.dll"), "train", "--quick", "--tokens", "60000", "--until", "base", "--out",
            _folder.FullName])
    {
        RedirectStandardOutput = true,
        WorkingDirectory = Repository.Root,
    })!;
}
