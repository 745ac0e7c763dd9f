using System.Text.Json.Nodes;

namespace Urial.Tests;

/// <summary>A tokenizer that would give other ids than its makers' is refused; the message names the file and what is wrong.</summary>
public sealed class HfTokenizerErrorTests
{
    [Fact]
    public void AMissingFileIsNamed() => Refuses(TextFixtures.NewFolder(), "There is no file", "tokenizer.json");

    [Fact]
    public void ATruncatedFileIsNamed()
    {
        var directory = TextFixtures.WriteMicroTokenizer();
        var path = Path.Combine(directory, "tokenizer.json");
        File.WriteAllText(path, File.ReadAllText(path)[..500]);
        Refuses(directory, path, "not valid JSON");
        File.WriteAllText(path, "");
        Refuses(directory, path, "is empty");
        File.WriteAllText(path, "[1]");
        Refuses(directory, path, "a JSON object");
    }

    [Theory]
    [InlineData("model", """{"type": "Unigram", "vocab": []}""", "Unigram")]
    [InlineData("model", """{"type": "WordPiece", "vocab": {}}""", "WordPiece")]
    [InlineData("model", "null", "no model")]
    [InlineData("model", """{"type": "BPE", "merges": []}""", "no vocabulary")]
    [InlineData("model", """{"type": "BPE", "vocab": {}, "merges": []}""", "empty vocabulary")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": -1}, "merges": []}""", "the id of a")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": "x"}, "merges": []}""", "the id of a")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 2000000000}, "merges": []}""", "2000000000")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9, "b": 9}, "merges": []}""", "two tokens")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9, "b": 10}, "merges": ["a b"]}""", "\"ab\"")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9, "b": 10}, "merges": [["a", "c"]]}""", "\"c\"")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9, "b": 10}, "merges": ["a b c"]}""", "two tokens")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9}, "merges": [], "byte_fallback": true}""", "byte_fallback")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9}, "merges": [], "end_of_word_suffix": "</w>"}""", "end_of_word_suffix")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9}, "merges": [], "dropout": 0.1}""", "dropout")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9}, "merges": [], "unk_token": "?"}""", "\"?\"")]
    [InlineData("normalizer", """{"type": "Lowercase"}""", "Lowercase")]
    [InlineData("pre_tokenizer", """{"type": "Metaspace"}""", "Metaspace")]
    [InlineData("pre_tokenizer", "null", "none")]
    [InlineData("pre_tokenizer", """{"type": "Sequence", "pretokenizers": [{"type": "Whitespace"}]}""", "Whitespace")]
    [InlineData("pre_tokenizer", """{"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": true}]}""",
        "without ByteLevel")]
    [InlineData("pre_tokenizer",
        """{"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": "("}, "behavior": "Isolated"}]}""",
        "the Split expression")]
    [InlineData("pre_tokenizer",
        """{"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": "a"}, "behavior": "Contiguous"}]}""",
        "Contiguous")]
    [InlineData("post_processor", """{"type": "BertProcessing"}""", "BertProcessing")]
    [InlineData("decoder", """{"type": "WordPiece"}""", "WordPiece")]
    [InlineData("decoder", "null", "none")]
    [InlineData("added_tokens", """[{"id": 7, "content": "<|end|>", "special": true}]""", "two ids")]
    [InlineData("added_tokens", """[{"content": "<|end|>"}]""", "no id")]
    [InlineData("added_tokens", """{"a": 1}""", "a list")]
    public void WhatIsUnknownOrContradictoryIsRefusedByName(string part, string json, string named) =>
        Refuses(TextFixtures.WriteChanged(root => root[part] = JsonNode.Parse(json)), "tokenizer.json", named);

    [Fact]
    public void AnEndOfSequenceOutsideTheVocabularyIsNamed()
    {
        var directory = TextFixtures.WriteMicroTokenizer();
        File.WriteAllText(Path.Combine(directory, "tokenizer_config.json"), """{"eos_token": "</s>"}""");
        Refuses(directory, "</s>");
    }

    private static void Refuses(string directory, params string[] named)
    {
        var error = Assert.Throws<UrialException>(() => HfTokenizer.Load(directory));
        Assert.All(named, part => Assert.Contains(part, error.Message));
    }
}
