using System.Text.Json;

namespace Urial.Tests;

/// <summary>Ids, tokens and texts as Hugging Face tokenizers 0.22.2 gives them.</summary>
public sealed class HfTokenizerGoldenTests
{
    [Theory]
    [InlineData("smollm")]
    [InlineData("gpt2")]
    [InlineData("gpt2-prefix-space")]
    [InlineData("gpt-neox")]
    [InlineData("llama3")]
    [InlineData("olmo2")]
    [InlineData("qwen2")]
    [InlineData("tekken")]
    [InlineData("gemma")]
    [InlineData("llama2")]
    [InlineData("mistral")]
    [InlineData("phi3")]
    public void AgreesWithHuggingFaceOnEveryLine(string name)
    {
        var directory = Repository.Path("tests", "golden", "tokenizers", name);
        var tokenizer = HfTokenizer.Load(directory);
        var lines = File.ReadAllLines(Path.Combine(directory, "golden.jsonl"));
        Assert.True(lines.Length > 100);
        foreach (var line in lines)
        {
            var golden = JsonDocument.Parse(line).RootElement;
            var text = golden.GetProperty("text").GetString()!;
            var ids = tokenizer.Encode(text, addSpecialTokens: true);
            Assert.Equal((text, Join(golden.GetProperty("ids"))), (text, string.Join(' ', ids)));
            Assert.Equal(Join(golden.GetProperty("ids_plain")), string.Join(' ', tokenizer.Encode(text)));
            var encoded = tokenizer.EncodePieces(text, addSpecialTokens: true);
            Assert.Equal(ids, encoded.Ids);
            Assert.Equal(golden.GetProperty("tokens").EnumerateArray().Select(t => t.GetString()), encoded.Pieces);
            Assert.Equal(golden.GetProperty("decoded").GetString(), tokenizer.Decode(ids));
            Assert.Equal(golden.GetProperty("decoded_skip").GetString(), tokenizer.Decode(ids, skipSpecialTokens: true));
        }
    }

    private static string Join(JsonElement ids) => string.Join(' ', ids.EnumerateArray().Select(id => id.GetInt32()));
}
