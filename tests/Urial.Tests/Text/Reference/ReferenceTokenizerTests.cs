using System.Text.Json.Nodes;

namespace Urial.Tests;

/// <summary>Our tokenizers against Hugging Face's library itself.</summary>
public sealed class ReferenceTokenizerTests
{
    [Theory]
    [InlineData("gemma", 10_000)]
    [InlineData("mistral", 10_000)]
    [InlineData("phi3", 10_000)]
    [InlineData("qwen2", 10_000)]
    [InlineData("tekken", 10_000)]
    [InlineData("gpt-neox", 2_000)]
    [InlineData("gpt2-prefix-space", 2_000)]
    [InlineData("llama2", 2_000)]
    [InlineData("llama3", 2_000)]
    [InlineData("smollm", 2_000)]
    public void AgreesOnHostileTexts(string name, int texts)
    {
        var directory = Repository.Path("tests", "golden", "tokenizers", name);
        using var reference = new ReferenceTokenizer(Read(name));
        reference.Check(HfTokenizer.Load(directory), texts, seed: 17);
    }

    [Theory]
    [InlineData("normalizer", """{"type": "NFD"}""")]
    [InlineData("normalizer", """{"type": "NFKC"}""")]
    [InlineData("normalizer", """{"type": "NFKD"}""")]
    [InlineData("normalizer", """{"type": "Lowercase"}""")]
    [InlineData("normalizer", """{"type": "Nmt"}""")]
    [InlineData("normalizer", """{"type": "Strip", "strip_left": true, "strip_right": false}""")]
    [InlineData("normalizer", """{"type": "Strip", "strip_left": true, "strip_right": true}""")]
    [InlineData("normalizer", """{"type": "Prepend", "prepend": "x "}""")]
    [InlineData("normalizer", """{"type": "Replace", "pattern": {"Regex": "\\s{2,}|e$"}, "content": " $1 "}""")]
    [InlineData("normalizer", """{"type": "Replace", "pattern": {"String": "𝔘"}, "content": "👍"}""")]
    [InlineData("normalizer", """
        {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}, {"type": "Strip", "strip_left": false, "strip_right": true}]}
        """)]
    public void NormalizersAgree(string part, string json) => Agrees("qwen2", root => root[part] = JsonNode.Parse(json));

    [Theory]
    [InlineData("""{"type": "Digits", "individual_digits": false}""")]
    [InlineData("""{"type": "Whitespace"}""")]
    [InlineData("""{"type": "WhitespaceSplit"}""")]
    [InlineData("""{"type": "Metaspace", "replacement": "_", "prepend_scheme": "always", "split": true}""")]
    [InlineData("""{"type": "Metaspace", "replacement": "_", "prepend_scheme": "first", "split": true}""")]
    [InlineData("""{"type": "Metaspace", "replacement": "_", "prepend_scheme": "never", "split": false}""")]
    [InlineData("""{"type": "Metaspace", "replacement": "_", "add_prefix_space": true}""")]
    [InlineData("""{"type": "Split", "pattern": {"Regex": "\\p{P}+"}, "behavior": "Removed", "invert": false}""")]
    [InlineData("""{"type": "Split", "pattern": {"Regex": "\\p{L}+"}, "behavior": "Removed", "invert": true}""")]
    [InlineData("""{"type": "Split", "pattern": {"Regex": "\\s"}, "behavior": "MergedWithPrevious", "invert": false}""")]
    [InlineData("""{"type": "Split", "pattern": {"Regex": "\\s"}, "behavior": "MergedWithNext", "invert": false}""")]
    [InlineData("""{"type": "Split", "pattern": {"Regex": "[aeiou]"}, "behavior": "Contiguous", "invert": false}""")]
    [InlineData("""{"type": "Split", "pattern": {"Regex": "[aeiou]"}, "behavior": "MergedWithNext", "invert": true}""")]
    [InlineData("""{"type": "Split", "pattern": {"String": "e"}, "behavior": "MergedWithPrevious", "invert": false}""")]
    [InlineData("""{"type": "Split", "pattern": {"Regex": "(?=\\p{Lu})"}, "behavior": "Isolated", "invert": false}""")]
    [InlineData("""{"type": "Split", "pattern": {"Regex": "x*"}, "behavior": "Isolated", "invert": false}""")]
    [InlineData("""{"type": "Split", "pattern": {"Regex": "^.|.$"}, "behavior": "Isolated", "invert": false}""")]
    [InlineData("""{"type": "Split", "pattern": {"Regex": "\\w+?\\d|\\W{2}|\\h{,3}z"}, "behavior": "Isolated", "invert": false}""")]
    [InlineData("""{"type": "Split", "pattern": {"Regex": "(?i:['’](?:[sdmt]|ll|k|ß))|[^\\P{L}a-c]+|[\\u0600-\\u06FF\\x{4E00}-\\x{9FFF}]+"}, "behavior": "Isolated", "invert": false}""")]
    // as in cl100k and o200k: possessive quantifiers, marks
    [InlineData("""
        {"type": "Split", "pattern": {"Regex": "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+"},
         "behavior": "Isolated", "invert": false}
        """)]
    [InlineData("""
        {"type": "Split", "pattern": {"Regex": "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}|\\s+"},
         "behavior": "Removed", "invert": true}
        """)]
    // as in DeepSeek-V3: ranges of the basic plane, a long class of punctuation
    [InlineData("""{"type": "Split", "pattern": {"Regex": "[一-龥぀-ゟ゠-ヿ]+"}, "behavior": "Isolated", "invert": false}""")]
    [InlineData("""
        {"type": "Split", "pattern": {"Regex": "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*|\\s+"},
         "behavior": "Isolated", "invert": false}
        """)]
    public void PreTokenizersAgree(string json) => Agrees("qwen2", root =>
        root["pre_tokenizer"] = JsonNode.Parse($$"""
            {"type": "Sequence", "pretokenizers": [{{json}},
             {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}]}
            """));

    [Theory]
    [InlineData("decoder", """{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": false}""")]
    [InlineData("decoder", """{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "split": false}""")]
    [InlineData("decoder", """{"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Strip", "content": "▁", "start": 0, "stop": 1}]}""")]
    [InlineData("decoder", """
        {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"Regex": "▁+"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"}]}
        """)]
    [InlineData("post_processor", """
        {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 1], "trim_offsets": true, "add_prefix_space": true}
        """)]
    [InlineData("post_processor", """
        {"type": "Sequence", "processors": [{"type": "BertProcessing", "sep": ["</s>", 2], "cls": ["<s>", 1]}]}
        """)]
    public void DecodersAndPostProcessorsAgree(string part, string json) => Agrees("mistral", root => root[part] = JsonNode.Parse(json));

    [Theory]
    [InlineData("fuse_unk", false)]
    [InlineData("byte_fallback", false)]
    [InlineData("ignore_merges", true)]
    public void OptionsOfTheModelAgree(string option, bool value) => Agrees("llama2", root =>
    {
        root["model"]![option] = value;
        // A byte that the vocabulary lacks, so that byte fallback fails now and then.
        root["model"]!["vocab"]!.AsObject().Remove("<0xE2>");
    });

    [Fact]
    public void AddedTokensAgreeWhateverTheirFlags()
    {
        var random = new Random(5);
        string[] contents = ["[v]", "the", " x", "ab", "abc", "\n\n", "é", "E\u0301", "▁▁", "𝔘", "’s", "<|a|>", "<|ab|>"];
        for (var round = 0; round < 12; round++)
            Agrees(round % 2 == 0 ? "phi3" : "qwen2", root =>
            {
                var added = root["added_tokens"]!.AsArray();
                var next = added.Max(token => token!["id"]!.GetValue<int>()) + 1;
                next = Math.Max(next, root["model"]!["vocab"]!.AsObject().Count);
                if (round % 4 == 1)
                    root["normalizer"] = JsonNode.Parse("""{"type": "Sequence", "normalizers": [{"type": "NFD"}, {"type": "Lowercase"}]}""");
                foreach (var content in contents.Where(content => root["model"]!["vocab"]![content] is null))
                    added.Add(new JsonObject
                    {
                        ["id"] = next++,
                        ["content"] = content,
                        ["single_word"] = random.Next(4) == 0,
                        ["lstrip"] = random.Next(3) == 0,
                        ["rstrip"] = random.Next(3) == 0,
                        ["normalized"] = random.Next(2) == 0,
                        ["special"] = random.Next(2) == 0,
                    });
            });
    }

    [Fact]
    public void IdsOfAddedTokensFollowTheVocabularyWhateverTheFileSays() =>
        Agrees("qwen2", root => root["added_tokens"]![4]!["id"] = 1000);

    private static void Agrees(string name, Action<JsonObject> change)
    {
        var json = Read(name);
        change(json);
        var directory = TextFixtures.NewFolder();
        File.WriteAllText(Path.Combine(directory, "tokenizer.json"), json.ToJsonString());
        using var reference = new ReferenceTokenizer(json);
        reference.Check(HfTokenizer.Load(directory), texts: 500, seed: 3);
    }

    private static JsonObject Read(string name) =>
        JsonNode.Parse(File.ReadAllText(Repository.Path("tests", "golden", "tokenizers", name, "tokenizer.json")))!.AsObject();
}
