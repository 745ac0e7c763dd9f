using Urial.Cli;
using Urial.Notebooks;

namespace Urial.Tests;

/// <summary>The command as readers call it: chapters in processes of their own.</summary>
public sealed class RunCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("urial-run-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_runs_writes_updates_and_then_agrees_with_itself()
    {
        var path = Save("01-good", "var x = 1.5;\nConsole.Write(\"é😀\");", "x");

        var (code, output) = await RunAsync(path, "--in-place");
        var (again, checkedOutput) = await RunAsync(path, "--check");

        Assert.Equal((0, 0), (code, again));
        Assert.Matches(@"ok +01-good +2 cells +[\d.]+ s +\d+ MB", output);
        Assert.Contains($"Gallery: {Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.Combine(_folder, "out", "index.html"))}",
            output);
        Assert.Contains("All outputs say what the committed ones say.", checkedOutput);
        Assert.Equal(new StreamOutput("stdout", "é😀"), Notebook.Load(path).Cells[0].Outputs[0]);
        Assert.Contains("é😀", System.Net.WebUtility.HtmlDecode(File.ReadAllText(Path.Combine(_folder, "out", "01-good.html"))));
        Assert.True(File.Exists(Path.Combine(_folder, "out", "01-good.ipynb")));
        Assert.DoesNotContain(Directory.GetFiles(_folder, "*.tmp", SearchOption.AllDirectories), _ => true);
    }

    [Fact]
    public async Task Failures_crashes_and_differences_are_told_apart_and_the_gallery_is_written()
    {
        var failing = Save("01-failing", "var a = 1;", "a = 2;\nthrow new InvalidOperationException(\"told\");", "a");
        var crashing = Save("02-crashing", "Console.Write(\"kept\");", "Environment.Exit(42);");
        var differing = Save("03-differing", "Console.Write(2.5)");
        new Notebook("03-differing.ipynb", [Notebook.Load(differing).Cells[0].WithResults(1, [new StreamOutput("stdout", "2.9")])]).Save(
            differing);
        var before = File.ReadAllText(failing);

        var (code, output) = await RunAsync(failing, crashing, differing, "--check");

        Assert.Equal(1, code);
        Assert.Contains("FAILED 01-failing.ipynb, cell [2], line 2", output);
        Assert.Contains("InvalidOperationException: told", output);
        Assert.Contains("FAILED 02-crashing.ipynb, cell [2]", output);
        Assert.Contains("exit code 42", output);
        Assert.Contains("03-differing.ipynb, cell [1], output 1: stdout, line 1\n  - 2.9\n  + 2.5", output);
        Assert.Equal(before, File.ReadAllText(failing));
        Assert.Contains("told", File.ReadAllText(Path.Combine(_folder, "out", "01-failing.html")));
        var crashed = File.ReadAllText(Path.Combine(_folder, "out", "02-crashing.html"));
        Assert.Contains("kept", crashed);
        Assert.Contains("exit code 42", crashed);
    }

    [Fact]
    public async Task What_cannot_be_run_is_refused_before_anything_runs()
    {
        var good = Save("01-good", "1");
        File.WriteAllText(Path.Combine(_folder, "02-broken.ipynb"), "{");

        Assert.Equal(2, (await RunAsync(good, Path.Combine(_folder, "02-broken.ipynb"))).Code);
        Assert.Equal(2, (await RunAsync("zz-none")).Code);
        Assert.Equal(2, (await RunAsync(good, "--check", "--in-place")).Code);
        Assert.Equal(2, await Program.Run(["run", good, "--out", _folder], TextWriter.Null, TextWriter.Null));
        Assert.False(Directory.Exists(Path.Combine(_folder, "out")));
    }

    private string Save(string name, params string[] sources)
    {
        var path = Path.Combine(_folder, name + ".ipynb");
        Cells.Code(sources).Save(path);
        return path;
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var output = new StringWriter { NewLine = "\n" };
        var code = await Program.Run(["run", .. arguments, "--out", Path.Combine(_folder, "out")], output, output);
        return (code, output.ToString());
    }
}
