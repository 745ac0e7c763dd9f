using System.Collections;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models;

/// <summary>What holds for the decoders of all families, tried on a small model of each kind.</summary>
public sealed class FamilyTests
{
    private static readonly string Models = Repository.Path("tests", "golden", "models");

    public static TheoryData<string> All => [.. Directory.GetDirectories(Models).Select(folder => Path.GetFileName(folder)!).Order()];

    public static TheoryData<string> OneOfEachKind =>
    [
        "llama", "llama-bias", "llama-mqa", "llama-rope-dynamic", "llama-rope-llama3", "llama-rope-yarn", "mistral-swa", "qwen2",
        "qwen2-swa", "qwen3", "smollm3", "gemma2", "gemma3", "olmo2", "phi3", "phi3-longrope", "gpt2", "gpt-neox", "gpt-neox-serial",
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void A_configuration_that_is_written_back_loads_again_as_it_was(string name)
    {
        using var folder = new TemporaryFolder();
        var read = DecoderConfig.Load(Path.Combine(Models, name));
        File.WriteAllText(folder.File("config.json"), read.ToJson());
        File.WriteAllText(folder.File("generation_config.json"), read.ToGenerationJson());

        AssertSame(read, DecoderConfig.Load(folder.Root));
    }

    [Theory]
    [MemberData(nameof(OneOfEachKind))]
    public void A_random_model_is_saved_and_loaded_as_it_was(string name)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var fresh = Decoder.Random(DecoderConfig.Load(Path.Combine(Models, name)), seed: 3);
        fresh.Save(folder.Root, Precision.F32);
        using var loaded = Decoder.Load(folder.Root);

        Assert.Equal(fresh.Weights.Keys.Order(), loaded.Weights.Keys.Order());
        Assert.All(fresh.Weights, weight => Assert.True(weight.Value.Same(loaded.Weights[weight.Key]), weight.Key));
        var ids = Ids([3, 17, 0, 5, 90]);
        var logits = fresh.Forward(ids);
        Assert.True(logits.isfinite().all().item<bool>());
        Assert.True(logits.std().item<float>() > 1e-3);
        Assert.True(logits.Same(loaded.Forward(ids)));
    }

    [Theory]
    [MemberData(nameof(OneOfEachKind))]
    public void A_cache_changes_nothing(string name)
    {
        using var decoder = Decoder.Load(Path.Combine(Models, name));
        var all = Text(30, decoder); // within what dynamic and long rotations were made for
        using var scope = NewDisposeScope();
        using var cache = new KvCache(capacity: 4);
        var pieces = new List<Tensor>();
        foreach (var (start, end) in new[] { (0, 5), (5, 6), (6, 13), (13, 14), (14, 15), (15, 29), (29, 30) })
            pieces.Add(decoder.Forward(Ids(all[start..end]), cache));

        Near(decoder.Forward(Ids(all)), cat([.. pieces], 1));
    }

    [Theory]
    [MemberData(nameof(OneOfEachKind))]
    public void Padding_at_the_left_changes_nothing_token_by_token(string name)
    {
        using var decoder = Decoder.Load(Path.Combine(Models, name));
        using var scope = NewDisposeScope();
        int[] lengths = [20, 3, 11];
        var longest = lengths.Max();
        List<int>[] rows = [.. lengths.Select(length => Text(length, decoder, first: length).ToList())];
        int[] padding = [.. lengths.Select(length => longest - length)];
        using var cache = new KvCache();
        var together = decoder.Forward(
            cat([.. rows.Select((row, i) => Ids([.. new int[padding[i]], .. row]))], 0), cache, padding);
        for (var row = 0; row < rows.Length; row++)
            Near(decoder.Forward(Ids([.. rows[row]])), together[row].unsqueeze(0).narrow(1, padding[row], lengths[row]));

        // Rows as a cache keeps, moves and repeats them; all stay within 32 tokens.
        cache.Keep([2, 0]);
        (rows, var moved) = ([rows[2], rows[0]], 0);
        for (var step = 0; step < 12; step++, moved += 7)
        {
            foreach (var row in rows)
                row.Add((11 * moved + row.Count) % decoder.Config.VocabularySize);
            var next = decoder.Forward(cat([.. rows.Select(row => Ids([row[^1]]))], 0), cache);
            for (var row = 0; row < rows.Length; row++)
                Near(decoder.Forward(Ids([.. rows[row]]), lastOnly: true), next[row].unsqueeze(0));
        }
    }

    [Theory]
    [MemberData(nameof(OneOfEachKind))]
    public void Bf16_stays_near_the_reference(string name)
    {
        using var decoder = Decoder.Load(Path.Combine(Models, name), Precision.BF16);
        var report = GoldenCheck.Compare(decoder, Path.Combine(Models, name, "golden.safetensors"));
        Assert.InRange(report.MeanDifference, 1e-5, 0.1);
    }

    [Theory]
    [InlineData("gemma2", "model.layers.0.self_attn.q_proj.weight")]
    [InlineData("gemma3", "model.layers.1.self_attn.k_norm.weight")]
    [InlineData("olmo2", "model.layers.0.post_attention_layernorm.weight")]
    [InlineData("phi3", "model.layers.0.mlp.gate_up_proj.weight")]
    [InlineData("gpt2", "transformer.wpe.weight")]
    [InlineData("gpt2", "transformer.h.1.attn.c_attn.weight")]
    [InlineData("gpt-neox", "gpt_neox.layers.0.attention.query_key_value.weight")]
    public void Gradients_are_slopes(string model, string name)
    {
        using var decoder = Decoder.Load(Path.Combine(Models, model));
        using var scope = NewDisposeScope();
        Tensor ids = Ids(Text(16, decoder)), weight = decoder.Weights[name];
        weight.requires_grad = true;
        Loss().backward();
        var direction = weight.grad! / weight.grad!.norm();
        double slope = weight.grad!.norm().item<float>();

        Assert.Equal(1, (Along(5e-3) - Along(-5e-3)) / 1e-2 / slope, 0.02);

        Tensor Loss() => nn.functional.cross_entropy(decoder.Forward(ids)[0].narrow(0, 0, 15), ids[0].narrow(0, 1, 15));

        double Along(double step)
        {
            using var noGrad = no_grad();
            weight.add_(direction, step);
            double loss = Loss().item<float>();
            weight.add_(direction, -step);
            return loss;
        }
    }

    internal static Tensor Ids(int[] ids) => tensor(ids.Select(id => (long)id).ToArray()).unsqueeze(0);

    internal static int[] Text(int length, Decoder decoder, int first = 0) =>
        [.. Enumerable.Range(first, length).Select(i => (7 * i + 3) % decoder.Config.VocabularySize)];

    internal static void Near(Tensor expected, Tensor found)
    {
        Assert.Equal(expected.shape, found.shape);
        Assert.InRange((expected - found).abs().max().item<float>(), 0, 1e-4);
    }

    private static void AssertSame(object expected, object found)
    {
        foreach (var property in expected.GetType().GetProperties())
        {
            var (one, other) = (property.GetValue(expected), property.GetValue(found));
            if (one is RopeScaling scaling && property.Name != nameof(RopeScaling.None))
                AssertSame(scaling, other!);
            else if (one is IEnumerable list and not string)
                Assert.Equal(list.Cast<object>(), ((IEnumerable)other!).Cast<object>());
            else if (one is not RopeScaling)
                Assert.True(Equals(one, other), $"{property.Name}: {one} and {other}");
        }
    }
}
