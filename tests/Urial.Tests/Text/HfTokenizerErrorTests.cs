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
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9}, "merges": [], "byte_fallback": 1}""", "byte_fallback")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9, "a": 10}, "merges": []}""", "two ids")]
    [InlineData("model", """{"type": "BPE", "vocab": [], "merges": []}""", "an object")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9}, "merges": {}}""", "a list")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9}, "merges": [["a"]]}""", "two tokens")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9}, "merges": [1]}""", "two tokens")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9}, "merges": [], "continuing_subword_prefix": "##"}""",
        "continuing_subword_prefix")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9}, "merges": [], "end_of_word_suffix": "</w>"}""", "end_of_word_suffix")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9}, "merges": [], "dropout": 0.1}""", "dropout")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 9}, "merges": [], "unk_token": "?"}""", "\"?\"")]
    [InlineData("normalizer", """{"type": "Precompiled"}""", "Precompiled")]
    [InlineData("normalizer", """{"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "BertNormalizer"}]}""", "BertNormalizer")]
    [InlineData("normalizer", """{"type": "Replace", "content": "x"}""", "without a pattern")]
    [InlineData("pre_tokenizer", """{"type": "UnicodeScripts"}""", "UnicodeScripts")]
    [InlineData("pre_tokenizer", """{"type": "Metaspace"}""", "replacement")]
    [InlineData("pre_tokenizer", """{"type": "Metaspace", "replacement": "_", "prepend_scheme": "last"}""", "last")]
    [InlineData("pre_tokenizer", """{"type": "Metaspace", "replacement": "_", "add_prefix_space": false}""", "contradicts itself")]
    [InlineData("pre_tokenizer", "null", "none")]
    [InlineData("pre_tokenizer", """{"type": "Sequence", "pretokenizers": [{"type": "Whitespace"}]}""", "Whitespace")]
    [InlineData("pre_tokenizer",
        """{"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": true}, {"type": "Whitespace"}]}""",
        "without ByteLevel")]
    [InlineData("pre_tokenizer",
        """{"type": "Split", "pattern": {"Regex": "\\p{Han}+"}, "behavior": "Isolated"}""", "\\p{Han}")]
    [InlineData("pre_tokenizer",
        """{"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": "("}, "behavior": "Isolated"}]}""",
        "the Split expression")]
    [InlineData("pre_tokenizer",
        """{"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": "a"}, "behavior": "Merged"}]}""",
        "Merged")]
    [InlineData("post_processor", """{"type": "BertProcessing"}""", "BertProcessing")]
    [InlineData("post_processor", """{"type": "RobertaProcessing", "cls": ["<|end|>", 0], "sep": ["x", 900]}""", "900")]
    [InlineData("post_processor", """{"type": "PairProcessing"}""", "PairProcessing")]
    [InlineData("decoder", """{"type": "WordPiece"}""", "WordPiece")]
    [InlineData("decoder", "null", "none")]
    [InlineData("added_tokens", """[{"id": 7, "content": "<|end|>", "special": true}]""", "two ids")]
    [InlineData("added_tokens", """[{"content": "<|end|>"}]""", "no id")]
    [InlineData("added_tokens", """{"a": 1}""", "a list")]
    public void WhatIsUnknownOrContradictoryIsRefusedByName(string part, string json, string named) =>
        Refuses(TextFixtures.WriteChanged(root => root[part] = JsonNode.Parse(json)), "tokenizer.json", named);

    [Fact]
    public void TextThatIsNoUnicodeIsNamed()
    {
        var directory = TextFixtures.WriteMicroTokenizer();
        var path = Path.Combine(directory, "tokenizer.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"abab\"", "\"\\ud800\""));
        Refuses(directory, path, "no Unicode", "ud800");
    }

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
