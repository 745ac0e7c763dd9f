using System.Text.Json;

namespace Urial.Tests;

/// <summary>Texts as transformers 4.57.6 renders them with <c>apply_chat_template</c>.</summary>
public sealed class JinjaGoldenTests
{
    private static readonly string Folder = Repository.Path("tests", "golden", "chat");

    [Theory]
    [InlineData("chatml")]
    [InlineData("chatml-default-system")]
    [InlineData("filters")]
    [InlineData("header-date")]
    [InlineData("inst-sys")]
    [InlineData("macros")]
    [InlineData("phi-like")]
    [InlineData("reasoning-switch")]
    [InlineData("stages")]
    [InlineData("tools-think")]
    [InlineData("turns-model")]
    [InlineData("turns-parts")]
    [InlineData("whitespace")]
    [InlineData("zephyr-like")]
    public void RendersWhatTransformersRenders(string name)
    {
        var file = name + ".jinja";
        var cases = File.ReadAllLines(Path.Combine(Folder, "golden.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(golden => golden.GetProperty("template").GetString() == file).ToArray();
        Assert.Equal(50, cases.Length);
        foreach (var golden in cases)
        {
            var template = new ChatTemplate(File.ReadAllText(Path.Combine(Folder, file)), file,
                golden.GetProperty("bos_token").GetString(), golden.GetProperty("eos_token").GetString());
            if (golden.TryGetProperty("error", out var error))
            {
                var thrown = Assert.Throws<UrialException>(() => template.Render(golden.GetProperty("input")));
                if (error.GetString()!.StartsWith("TemplateError: ", StringComparison.Ordinal)) // what the template itself raises
                    Assert.Contains(error.GetString()!["TemplateError: ".Length..], thrown.Message);
            }
            else
                Assert.Equal(golden.GetProperty("text").GetString(), template.Render(golden.GetProperty("input")));
        }
    }

    [Fact]
    public void EveryReferenceIsOfATemplateThatIsTested() =>
        Assert.Equal(14 * 50, File.ReadAllLines(Path.Combine(Folder, "golden.jsonl")).Length);
}
