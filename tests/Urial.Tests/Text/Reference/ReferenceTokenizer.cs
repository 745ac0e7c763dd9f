using System.Text.Json;
using System.Text.Json.Nodes;
using Tokenizers.DotNet;

namespace Urial.Tests;

/// <summary>
/// Hugging Face's own library on a tokenizer.json. It always adds special tokens and always leaves them out of a decoded text; a second
/// copy, whose file has no post-processor and no special token, does neither.
/// </summary>
internal sealed class ReferenceTokenizer : IDisposable
{
    private readonly Tokenizer _withSpecials;
    private readonly Tokenizer _plain;

    public ReferenceTokenizer(JsonObject json)
    {
        Added = [.. json["added_tokens"]!.AsArray().Select(token => token!["content"]!.GetValue<string>())];
        _withSpecials = Load(json);
        var plain = json.DeepClone().AsObject();
        plain["post_processor"] = null;
        foreach (var token in plain["added_tokens"]!.AsArray())
            token!["special"] = false;
        _plain = Load(plain);
    }

    /// <summary>The added tokens.</summary>
    public string[] Added { get; }

    public int[] Encode(string text, bool addSpecialTokens) => Signed((addSpecialTokens ? _withSpecials : _plain).Encode(text));

    public string Decode(int[] ids, bool skipSpecialTokens) =>
        (skipSpecialTokens ? _withSpecials : _plain).Decode([.. ids.Select(id => (uint)id)]);

    /// <summary>Holds a tokenizer of ours against it on as many texts, and on ids at random.</summary>
    public void Check(HfTokenizer ours, int texts, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < texts; i++)
        {
            var text = HostileText.Next(random, Added);
            var ids = Encode(text, addSpecialTokens: true);
            AssertSame(text, string.Join(' ', ids), string.Join(' ', ours.Encode(text, addSpecialTokens: true)));
            AssertSame(text, string.Join(' ', Encode(text, addSpecialTokens: false)), string.Join(' ', ours.Encode(text)));
            int[] others = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(ours.VocabularySize)).Where(ours.Contains)];
            foreach (var sequence in new[] { ids, others })
            {
                AssertSame(text, Decode(sequence, skipSpecialTokens: false), ours.Decode(sequence));
                AssertSame(text, Decode(sequence, skipSpecialTokens: true), ours.Decode(sequence, skipSpecialTokens: true));
            }
        }
    }

    public void Dispose()
    {
        _withSpecials.Dispose();
        _plain.Dispose();
    }

    private static void AssertSame(string text, string reference, string ours) => Assert.True(reference == ours,
        $"{JsonSerializer.Serialize(text)}{Environment.NewLine}the reference: {reference}{Environment.NewLine}ours:          {ours}");

    private static int[] Signed(uint[] ids) => [.. ids.Select(id => (int)id)];

    private static Tokenizer Load(JsonObject json)
    {
        var path = Path.Combine(TextFixtures.NewFolder(), "tokenizer.json");
        File.WriteAllText(path, json.ToJsonString());
        return new Tokenizer(path);
    }
}
