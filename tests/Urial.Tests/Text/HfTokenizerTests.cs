using System.Text.Json.Nodes;
using CsCheck;

namespace Urial.Tests;

public sealed class HfTokenizerTests
{
    private static readonly HfTokenizer Micro = HfTokenizer.Load(TextFixtures.WriteMicroTokenizer());

    private static readonly string[] Awkward = ["<|end|>", " the", "12", "\r\n", "é", "한", "👍🏽", "\u0301", "𝔘", "\u2028", "\0"];

    [Fact]
    public void MergesJoinTheLowestRankFirstAndLeftmost()
    {
        Assert.Equal(["Ġthe", "m", "e"], Raw(" theme"));
        // b+c (rank 4) would begin later, but a+b (rank 3) comes first.
        Assert.Equal(["ab", "c"], Raw("abc"));
        Assert.Equal(["abab", "ab"], Raw("ababab"));
        Assert.Equal(["12", "1"], Raw("121"));
    }

    [Fact]
    public void AddedTokensSpelledOutBecomeThemselves()
    {
        Assert.Equal([2, Micro.IdOf("Ċ")!.Value, Micro.IdOf("a")!.Value, 0], Micro.Encode("<|user|>\na<|end|>"));
        Assert.Equal("\na", Micro.Decode(Micro.Encode("<|user|>\na<|end|>"), skipSpecialTokens: true));
        Assert.True(Micro.IsSpecial(0));
        Assert.False(Micro.IsSpecial(10));
    }

    [Fact]
    public void RolesComeFromTheConfig()
    {
        Assert.Equal((0, 1, null), (Micro.EosId, Micro.PadId, Micro.BosId));
        Assert.Equal(5 + 256 + TextFixtures.Merges.Length, Micro.VocabularySize);
        Assert.Equal(64, Micro.Sha256.Length);

        var directory = TextFixtures.WriteMicroTokenizer();
        File.WriteAllText(Path.Combine(directory, "tokenizer_config.json"), """{"eos_token": {"content": "<|pad|>", "lstrip": false}}""");
        File.WriteAllText(Path.Combine(directory, "special_tokens_map.json"), """{"eos_token": "<|end|>", "bos_token": "<|user|>"}""");
        var other = HfTokenizer.Load(directory);
        Assert.Equal((1, 2, null), (other.EosId, other.BosId, other.PadId));
    }

    [Fact]
    public void DecodeUndoesEncode() => Gen.OneOf(
            Gen.String[Gen.Char[' ', '~'], 0, 20], Gen.Int[0, Awkward.Length - 1].Select(i => Awkward[i]),
            Gen.Int[0x80, 0x10FFFF].Where(point => point is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32))
        .Array[0, 12].Select(string.Concat).Sample(text => Micro.Decode(Micro.Encode(text)) == text);

    [Fact]
    public void LoneSurrogatesAndBytesBecomeReplacementCharacters()
    {
        Assert.Equal("a\uFFFDb", Micro.Decode(Micro.Encode("a\uD800b")));
        Assert.Equal("\uFFFD", Micro.Decode([Micro.IdOf(ByteAlphabet.Char(0xE2).ToString())!.Value]));
        Assert.Equal("≤", Micro.Decode(Micro.Encode("≤")));
        Assert.Equal(3, Micro.Encode("≤").Length);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(268)]
    public void IdsOutsideTheVocabularyAreNamed(int id)
    {
        foreach (var use in new Action[] { () => Micro.Decode([5, id]), () => Micro.Token(id), () => Micro.RawToken(id),
            () => Micro.IsSpecial(id) })
        {
            var error = Assert.Throws<UrialException>(use);
            Assert.Contains(id.ToString(), error.Message);
            Assert.Contains("268", error.Message);
        }
    }

    [Fact]
    public void ALongWordIsMergedInReasonableTime()
    {
        var ids = Micro.Encode(new string('a', 1) + string.Concat(Enumerable.Repeat("ab", 200_000)));
        Assert.Equal(100_001, ids.Length);
    }

    [Fact]
    public void ThreadsShareATokenizer()
    {
        var fresh = HfTokenizer.Load(TextFixtures.WriteMicroTokenizer());
        var texts = Enumerable.Range(0, 400).Select(i => $"the {i} theme of {i % 7} abc").ToArray();
        var expected = texts.Select(text => string.Join(' ', Micro.Encode(text))).ToArray();
        Parallel.For(0, 4_000, i => Assert.Equal(expected[i % 400], string.Join(' ', fresh.Encode(texts[i % 400]))));
    }

    [Fact]
    public void ATextThatIsOneWordIsMergedInReasonableTime() // nothing cuts it before the model
    {
        var tokenizer = HfTokenizer.Load(Repository.Path("tests", "golden", "tokenizers", "llama2"));
        var text = string.Concat(Enumerable.Repeat("the rain in Spain ", 20_000));
        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
    }

    [Fact]
    public void MergesBeforeTheVocabularyReadAlike()
    {
        var turned = HfTokenizer.Load(TextFixtures.WriteChanged(json =>
        {
            var model = json["model"]!.AsObject();
            json["model"] = new JsonObject(
                [.. model.Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))]);
        }));
        Assert.Equal(Micro.Encode(" the abab theme"), turned.Encode(" the abab theme"));
    }

    [Fact]
    public void AnAddedTokenIsNoCharacterOfTheModel()
    {
        var tokenizer = HfTokenizer.Load(TextFixtures.WriteChanged(json =>
        {
            json["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = 268, ["content"] = "Ġthem", ["special"] = false });
            json["model"]!["ignore_merges"] = true;
        }));
        Assert.Equal(Micro.Encode(" them"), tokenizer.Encode(" them"));
        Assert.Equal([268], tokenizer.Encode("Ġthem"));
    }

    [Fact]
    public void IdsMayHaveHoles()
    {
        var tokenizer = HfTokenizer.Load(TextFixtures.WriteChanged(json => json["model"]!["vocab"]!["Ġthe"] = 400));
        Assert.Equal(401, tokenizer.VocabularySize);
        Assert.Equal([400], tokenizer.Encode(" the"));
        Assert.False(tokenizer.Contains(399));
        Assert.Contains("399", Assert.Throws<UrialException>(() => tokenizer.RawToken(399)).Message);
    }

    [Fact]
    public void BothFormsOfMergesReadAlike()
    {
        var pairs = HfTokenizer.Load(TextFixtures.WriteChanged(json => json["model"]!["merges"] =
            new JsonArray([.. TextFixtures.Merges.Select(merge => (JsonNode)new JsonArray(merge.Item1, merge.Item2))])));
        Assert.Equal(Micro.Encode(" the abab theme"), pairs.Encode(" the abab theme"));
    }

    [Fact]
    public void StripFlagsAndSingleWordsAreHonoured()
    {
        var tokenizer = HfTokenizer.Load(TextFixtures.WriteChanged(json =>
        {
            json["added_tokens"]![2]!["rstrip"] = true;
            json["added_tokens"]![3]!["lstrip"] = true;
            json["added_tokens"]![4]!["single_word"] = true;
        }));
        Assert.Equal([2, .. tokenizer.Encode("a"), 3], tokenizer.Encode("<|user|> \n a \t<|assistant|>"));
        Assert.Equal([.. tokenizer.Encode("a "), 4, .. tokenizer.Encode(" b")], tokenizer.Encode("a <|system|> b"));
        Assert.DoesNotContain(4, tokenizer.Encode("a<|system|> b"));
        Assert.DoesNotContain(4, tokenizer.Encode("<|system|>𝔘"));
    }

    [Fact]
    public void APostProcessorAddsItsTokensOnRequest()
    {
        var tokenizer = HfTokenizer.Load(TextFixtures.WriteChanged(json => json["post_processor"] = JsonNode.Parse("""
            {"type": "TemplateProcessing", "special_tokens": {"B": {"id": "B", "ids": [2], "tokens": ["<|user|>"]}, "E": {"id": "E", "ids": [0], "tokens": ["<|end|>"]}},
             "single": [{"SpecialToken": {"id": "B", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "E", "type_id": 0}}]}
            """)));
        Assert.Equal([2, .. tokenizer.Encode("the"), 0], tokenizer.Encode("the", addSpecialTokens: true));
    }

    private static string[] Raw(string text) => [.. Micro.Encode(text).Select(Micro.RawToken)];
}
