using System.Text.Json;
using Urial.Cli;
using Urial.Tests.Models.Served;

namespace Urial.Tests.Shift;

public sealed partial class ServedShiftTests
{
    private string Out(string name) => Path.Combine(_folder.FullName, name);

    private string QueriesFile()
    {
        var path = Path.Combine(_folder.FullName, "queries.jsonl");
        if (!File.Exists(path))
            File.WriteAllLines(path, Enumerable.Range(1, Queries).Select(i => $$"""{"id": "q{{i}}", "instruction": "What is {{i}}?"}"""));
        return path;
    }

    private ShiftRunSettings Settings(string name, Servers servers, int concurrency = 3) => new()
    {
        BaseDirectory = GoldenPair.Base,
        AlignedDirectory = GoldenPair.Aligned,
        BaseServer = servers.Base.Settings with { TopLogprobs = -1, Concurrency = concurrency, Retries = concurrency == 1 ? 1 : 12 },
        AlignedServer = servers.Aligned.Settings with { TopLogprobs = -1, Concurrency = concurrency, Retries = concurrency == 1 ? 1 : 12 },
        QueriesFile = QueriesFile(),
        OutDirectory = Out(name),
        AlignedPrompt = new PromptChoice("zero-shot"),
        Options = new ShiftOptions { Top = 3, MaxNewTokens = 12 },
    };

    private async Task<List<JsonElement>> Shift(string name, string @base, string aligned, params string[] more)
    {
        var (code, _, error) = await Run(name, @base, aligned, ["--format", "jsonl", .. more]);
        Assert.True(code == 0, error);
        return [.. File.ReadLines(Path.Combine(Out(name), "positions.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private async Task<(int Code, string Output, string Error)> Run(string name, string @base, string aligned, string[] more)
    {
        using StringWriter output = new(), error = new();
        var code = await Program.Run(["shift", "--base", @base, "--aligned", aligned, "--aligned-prompt-style", "zero-shot", "--queries",
            QueriesFile(), "--max-new-tokens", "12", "--out", Out(name), .. more], output, error);
        return (code, output.ToString(), error.ToString());
    }

    private sealed class Servers(ModelPair pair, CompletionsTestOptions? options = null) : IDisposable
    {
        public CompletionsTestServer Base { get; } = CompletionsTestServer.Start(pair.Base, options);

        public CompletionsTestServer Aligned { get; } = CompletionsTestServer.Start(pair.Aligned, options);

        public void Dispose()
        {
            Base.Dispose();
            Aligned.Dispose();
        }
    }
}
