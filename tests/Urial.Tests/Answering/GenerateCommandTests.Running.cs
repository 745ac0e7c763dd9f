using System.Text.Json;
using System.Text.Json.Nodes;
using Urial.Cli;
using Urial.Tests.Shift;

namespace Urial.Tests.Answering;

public sealed partial class GenerateCommandTests
{
    private static string Good(string id) => new JsonObject { ["id"] = id, ["instruction"] = $"What is {id}?" }.ToJsonString();

    private async Task Refused(string message, params string[] options)
    {
        var (code, _, error) = await Run(options);
        Assert.Equal(2, code);
        Assert.Contains(message, error);
        Assert.DoesNotContain("   at ", error); // no stack trace
        Assert.False(File.Exists(Out));
        Assert.False(File.Exists(Manifest));
    }

    private Task<(int Code, string Output, string Error)> Generate(string queries, params string[] more) =>
        Run(["--model", GoldenPair.Base, "--queries", queries, "--out", Out, .. more]);

    private static async Task<(int Code, string Output, string Error)> Run(params string[] options)
    {
        using StringWriter output = new(), error = new();
        var code = await Program.Run(["generate", .. options], output, error);
        return (code, output.ToString(), error.ToString());
    }

    private string Queries(params string[] lines)
    {
        var path = Path.Combine(_folder.FullName, "queries.jsonl");
        File.WriteAllLines(path, lines);
        return path;
    }

    private JsonElement[] Answers() => [.. File.ReadLines(Out).Select(line => JsonDocument.Parse(line).RootElement)];

    private JsonElement ManifestJson(params string[] path) =>
        path.Aggregate(JsonDocument.Parse(File.ReadAllText(Manifest)).RootElement, (json, name) => json.GetProperty(name));

    private static string[] Fields(JsonElement answer, params string[] names) =>
        [.. names.Select(name => answer.GetProperty(name).GetRawText())];

    private static string Json(int[] ids) => JsonSerializer.Serialize(ids);

    private static string Sha256(string path) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
}
