using System.Text.Json;

namespace Urial.Tests;

public sealed class TokenizerFilesTests
{
    [Fact]
    public void FilesHoldWhatTransformersReads()
    {
        var directory = TextFixtures.WriteMicroTokenizer();
        Assert.Equal(["tokenizer.json", "tokenizer_config.json"], Directory.GetFiles(directory).Select(Path.GetFileName).Order());
        var tokenizer = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, "tokenizer.json"))).RootElement;
        Assert.Equal(["version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder",
            "model"],
            tokenizer.EnumerateObject().Select(entry => entry.Name));
        Assert.Equal(TextFixtures.Specials,
            tokenizer.GetProperty("added_tokens").EnumerateArray().Select(token => token.GetProperty("content").GetString()));
        Assert.False(tokenizer.GetProperty("pre_tokenizer").GetProperty("add_prefix_space").GetBoolean());
        Assert.Equal("t h", tokenizer.GetProperty("model").GetProperty("merges")[0].GetString());
        var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, "tokenizer_config.json"))).RootElement;
        Assert.Equal("PreTrainedTokenizerFast", config.GetProperty("tokenizer_class").GetString());
        Assert.Equal(("<|end|>", "<|pad|>", 1280), (config.GetProperty("eos_token").GetString(),
            config.GetProperty("pad_token").GetString(), config.GetProperty("model_max_length").GetInt32()));
        Assert.Equal(MicroTemplate.Jinja, config.GetProperty("chat_template").GetString());
    }

    [Fact]
    public void SpecialTokensOutsideTheVocabularyFollowIt()
    {
        var directory = TextFixtures.NewFolder();
        TokenizerFiles.Write(directory, ["a", "b", "ab"], [("a", "b")], ["<e>", "<p>"], "<e>", "<p>", "", 8);
        var tokenizer = HfTokenizer.Load(directory);
        Assert.Equal((3, 4, 5), (tokenizer.EosId, tokenizer.PadId, tokenizer.VocabularySize));
        Assert.Equal([2, 3], tokenizer.Encode("ab<e>"));
    }

    [Fact]
    public void ContradictionsAreRefusedAndNothingIsWritten()
    {
        var directory = TextFixtures.NewFolder();
        Assert.Contains("two ids", Refused(["a", "a"], [], ["<e>"], "<e>").Message);
        Assert.Contains("the token ab", Refused(["a", "b"], [("a", "b")], ["<e>"], "<e>").Message);
        Assert.Contains("<x>", Refused(["a", "b"], [], ["<e>"], "<x>").Message);
        Assert.Empty(Directory.GetFiles(directory));

        UrialException Refused(string[] vocabulary, (string, string)[] merges, string[] specials, string eos) =>
            Assert.Throws<UrialException>(() => TokenizerFiles.Write(directory, vocabulary, merges, specials, eos, "<e>", "", 8));
    }
}
