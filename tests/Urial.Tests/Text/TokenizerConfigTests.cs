namespace Urial.Tests;

/// <summary>What tokenizer_config.json changes over tokenizer.json, as transformers' fast tokenizers apply it.</summary>
public sealed class TokenizerConfigTests
{
    private const string Text = "the end";

    [Theory]
    [InlineData("""{"tokenizer_class": "LlamaTokenizer"}""", true, false)]
    [InlineData("""{"tokenizer_class": "LlamaTokenizerFast", "add_bos_token": false}""", false, false)]
    [InlineData("""{"tokenizer_class": "LlamaTokenizer", "add_bos_token": false, "add_eos_token": true}""", false, true)]
    [InlineData("""{"tokenizer_class": "GemmaTokenizer", "bos_token": {"content": "<s>"}, "add_eos_token": true, "eos_token": "</s>"}""", true, true)]
    // Other classes leave it to tokenizer.json, which here says <s>.
    [InlineData("""{"tokenizer_class": "PreTrainedTokenizerFast", "add_bos_token": false, "add_eos_token": true}""", true, false)]
    [InlineData("""{"add_bos_token": false}""", true, false)]
    public void ClassesOfLlamaAndGemmaSetTheFrame(string config, bool bos, bool eos)
    {
        var tokenizer = Load("llama2", config);
        var plain = tokenizer.Encode(Text);
        Assert.Equal([.. bos ? [1] : Array.Empty<int>(), .. plain, .. eos ? [2] : Array.Empty<int>()],
            tokenizer.Encode(Text, addSpecialTokens: true));
        Assert.Equal(bos ? [1] : [], tokenizer.LeadingIds);
    }

    [Fact]
    public void AFrameGoesRoundByteLevelTextToo() => // as DeepSeek-V3 has it: no template, class LlamaTokenizerFast
        Assert.Equal(0, Load("qwen2", """{"tokenizer_class": "LlamaTokenizerFast", "bos_token": "<|endoftext|>"}""")
            .Encode(Text, addSpecialTokens: true)[0]);

    [Fact]
    public void AFrameOutsideTheVocabularyIsNamed()
    {
        var error = Assert.Throws<UrialException>(() => Load("qwen2", """{"tokenizer_class": "LlamaTokenizerFast"}"""));
        Assert.Contains("\"<s>\"", error.Message);
        Assert.Contains("add_bos_token", error.Message);
    }

    [Fact]
    public void FlagsOfAddedTokensAreItsOwn()
    {
        const string Decoder = """{"added_tokens_decoder": {"3": {"content": "[INST]", "rstrip": true, "special": false}, "1160": {"content": "<x>"}}}""";
        var (before, after) = (Load("mistral", "{}"), Load("mistral", Decoder));
        Assert.NotEqual(3, before.Encode("[INST]  a")[^1]);
        Assert.True(before.Encode("[INST]  a").Length > after.Encode("[INST]  a").Length);
        Assert.True(after.IsSpecial(3)); // what tokenizer.json calls special stays so
        Assert.Null(before.IdOf("<x>"));
        Assert.Equal(before.VocabularySize, after.IdOf("<x>")); // the next id, whatever the file says
        Assert.Contains(before.VocabularySize, after.Encode("a<x>b"));
    }

    [Fact]
    public void ATokenWithARoleIsSpecial()
    {
        var tokenizer = Load("llama2", """{"pad_token": "<0x00>", "additional_special_tokens": ["<0x01>"]}""");
        int[] ids = [tokenizer.IdOf("<0x00>")!.Value, tokenizer.IdOf("<0x01>")!.Value];
        Assert.All(ids, id => Assert.True(tokenizer.IsSpecial(id)));
        Assert.Equal(ids, tokenizer.Encode("<0x00><0x01>"));
        Assert.Equal("", tokenizer.Decode(ids, skipSpecialTokens: true));
    }

    [Fact]
    public void AByteLevelThatStandsAloneTakesItsPrefixSpaceFromIt()
    {
        Assert.Equal(Load("gpt2-prefix-space", "{}").Encode(" a"), Load("gpt2-prefix-space", "{}").Encode("a"));
        var without = Load("gpt2-prefix-space", """{"add_prefix_space": false}""");
        Assert.NotEqual(without.Encode(" a"), without.Encode("a"));
    }

    [Theory]
    [InlineData("""{"added_tokens_decoder": {"x": {"content": "a"}}}""", "\"x\"")]
    [InlineData("""{"bos_token": 1}""", "text")]
    [InlineData("""{"add_bos_token": "yes", "tokenizer_class": "LlamaTokenizer"}""", "add_bos_token")]
    public void WhatIsWrongIsNamed(string config, string named)
    {
        var error = Assert.Throws<UrialException>(() => Load("llama2", config));
        Assert.Contains(named, error.Message);
        Assert.Contains("tokenizer_config.json", error.Message);
    }

    private static HfTokenizer Load(string name, string config)
    {
        var directory = TextFixtures.NewFolder();
        File.Copy(Repository.Path("tests", "golden", "tokenizers", name, "tokenizer.json"), Path.Combine(directory, "tokenizer.json"));
        File.WriteAllText(Path.Combine(directory, "tokenizer_config.json"), config);
        return HfTokenizer.Load(directory);
    }
}
