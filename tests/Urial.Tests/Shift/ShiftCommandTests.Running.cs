using Urial.Cli;

namespace Urial.Tests.Shift;

public sealed partial class ShiftCommandTests
{
    private async Task Refused(string message, params string[] options)
    {
        var (code, _, error) = await Run(options);
        Assert.Equal(2, code);
        Assert.Contains(message, error);
        Assert.DoesNotContain("   at ", error); // no stack trace
        Assert.Empty(Written());
    }

    private Task<(int Code, string Output, string Error)> Shift(string queries, params string[] more) =>
        Run(["--base", GoldenPair.Base, "--aligned", GoldenPair.Aligned, "--queries", queries, "--out", Out, .. more]);

    private static async Task<(int Code, string Output, string Error)> Run(string[] options)
    {
        using StringWriter output = new(), error = new();
        var code = await Program.Run(["shift", .. options], output, error);
        return (code, output.ToString(), error.ToString());
    }

    private string Queries(params string[] lines)
    {
        var path = Path.Combine(_folder.FullName, "queries.jsonl");
        File.WriteAllLines(path, lines);
        return path;
    }

    private string[] Written() =>
        Directory.Exists(Out) ? [.. Directory.GetFiles(Out).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];

    private static string Sha256(string path) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
}
