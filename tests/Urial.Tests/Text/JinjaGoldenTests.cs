using System.Text.Json;

namespace Urial.Tests;

/// <summary>Texts as transformers 4.57.6 renders them with <c>apply_chat_template</c>.</summary>
public sealed class JinjaGoldenTests
{
    private static readonly string Folder = Repository.Path("tests", "golden", "chat");

    [Theory]
    [InlineData("chatml")]
    [InlineData("chatml-default-system")]
    [InlineData("inst-sys")]
    [InlineData("phi-like")]
    [InlineData("stages")]
    [InlineData("turns-model")]
    [InlineData("turns-parts")]
    [InlineData("whitespace")]
    [InlineData("zephyr-like")]
    public void RendersWhatTransformersRenders(string name)
    {
        var file = name + ".jinja";
        var template = JinjaTemplate.Parse(File.ReadAllText(Path.Combine(Folder, file)), file);
        var cases = File.ReadAllLines(Path.Combine(Folder, "golden.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(golden => golden.GetProperty("template").GetString() == file).ToArray();
        Assert.Equal(50, cases.Length);
        foreach (var golden in cases)
        {
            var variables = new Dictionary<string, object?>((Dictionary<string, object?>)Value(golden.GetProperty("input"))!)
            {
                ["bos_token"] = golden.GetProperty("bos_token").GetString(),
                ["eos_token"] = golden.GetProperty("eos_token").GetString(),
            };
            variables.TryAdd("tools", null);
            if (golden.TryGetProperty("error", out var error))
            {
                var thrown = Assert.Throws<UrialException>(() => template.Render(variables));
                if (error.GetString()!.StartsWith("TemplateError: ", StringComparison.Ordinal)) // what the template itself raises
                    Assert.Contains(error.GetString()!["TemplateError: ".Length..], thrown.Message);
            }
            else
                Assert.Equal(golden.GetProperty("text").GetString(), template.Render(variables));
        }
    }

    private static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().ToDictionary(entry => entry.Name, entry => Value(entry.Value)),
        JsonValueKind.Array => json.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.GetDouble(),
        JsonValueKind.Null => null,
        _ => json.GetBoolean(),
    };
}
