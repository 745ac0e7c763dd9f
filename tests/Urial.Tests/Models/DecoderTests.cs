using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models;

/// <summary>The forward pass against the textbook and against itself.</summary>
public sealed class DecoderTests
{
    private static readonly DecoderConfig Grouped = new()
    {
        ModelType = "qwen3",
        VocabularySize = 24,
        HiddenSize = 12,
        FeedForward = 20,
        Layers = 2,
        Heads = 4,
        KvHeads = 2,
        HeadDim = 6,
        MaxPositions = 700,
        RopeTheta = 100,
        NormEpsilon = 1e-5,
        TiedHead = true,
    };

    public static TheoryData<string> Shapes => new("qwen3", "llama", "one-kv-head", "biased");

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_is_the_textbook_in_scalars(string shape)
    {
        using var decoder = Lively(Shape(shape));
        int[] ids = [3, 17, 0, 5, 5, 23, 11];
        using var scope = NewDisposeScope();
        var expected = ScalarDecoder.Logits(decoder.Config,
            decoder.Weights.ToDictionary(w => w.Key, w => w.Value.detach().data<float>().ToArray()), ids);
        var found = decoder.Forward(Ids(ids))[0].detach().data<float>().ToArray();

        Assert.Equal(expected.SelectMany(row => row), found.Select(x => (double)x), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_cache_changes_nothing(string shape)
    {
        using var decoder = Lively(Shape(shape));
        int[] ids = [3, 17, 0, 5, 5, 23, 11, 2, 9];
        using var scope = NewDisposeScope();
        var whole = decoder.Forward(Ids(ids)).detach();
        using var cache = new KvCache(capacity: 2); // grows several times
        var pieces = cat([decoder.Forward(Ids(ids[..4]), cache), decoder.Forward(Ids(ids[4..5]), cache),
            decoder.Forward(Ids(ids[5..8]), cache), decoder.Forward(Ids(ids[8..]), cache)], 1);

        Assert.Equal(ids.Length, cache.Length);
        Near(whole, pieces);
        Near(whole.narrow(1, ids.Length - 1, 1), decoder.Forward(Ids(ids), lastOnly: true));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Padding_at_the_left_changes_nothing(string shape)
    {
        using var decoder = Lively(Shape(shape));
        using var scope = NewDisposeScope();
        int[][] rows = [[3, 17, 0, 5, 5, 23], [7, 8], [1, 2, 3, 4]];
        var batch = cat([.. rows.Select(row => Ids([.. new int[6 - row.Length], .. row]))], 0);
        int[] padding = [.. rows.Select(row => 6 - row.Length)];
        var together = decoder.Forward(batch, padding: padding);
        for (var row = 0; row < rows.Length; row++)
            Near(decoder.Forward(Ids(rows[row])), together[row].unsqueeze(0).narrow(1, padding[row], rows[row].Length));

        using var cache = new KvCache();
        decoder.Forward(batch, cache, padding);
        cache.Keep([2, 1]);
        var next = decoder.Forward(tensor(new long[] { 9, 10 }).view(2, 1), cache);
        Near(decoder.Forward(Ids([.. rows[2], 9]), lastOnly: true), next[0].unsqueeze(0));
        Near(decoder.Forward(Ids([.. rows[1], 10]), lastOnly: true), next[1].unsqueeze(0));
    }

    [Fact]
    public void Without_blocks_logits_are_the_head_times_the_normalised_embedding()
    {
        var config = Grouped with { VocabularySize = 2, HiddenSize = 2, NormEpsilon = 0, Layers = 1 };
        using var decoder = Decoder.Random(config, 1);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var weight in decoder.Weights.Values)
            weight.zero_(); // blocks add nothing
        decoder.Weights["model.embed_tokens.weight"].copy_(tensor(new float[,] { { 3, 4 }, { 1, -1 } }));
        decoder.Weights["model.norm.weight"].copy_(tensor(new float[] { 1, 2 }));

        // rms(3, 4) = √12.5, rms(1, −1) = 1
        var r = Math.Sqrt(12.5);
        double[] expected = [(9 + 32) / r, (3 - 8) / r, 3 - 8, 1 + 2];
        Assert.Equal(expected, decoder.Forward(Ids([0, 1])).data<float>().ToArray().Select(x => (double)x),
            (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Later_tokens_change_nothing_before_them()
    {
        using var decoder = Lively(Grouped);
        using var scope = NewDisposeScope();
        Near(decoder.Forward(Ids([1, 2, 3, 4])).narrow(1, 0, 3), decoder.Forward(Ids([1, 2, 3, 20])).narrow(1, 0, 3));
    }

    [Fact]
    public void Positions_past_the_first_rotary_table_are_right()
    {
        using var decoder = Lively(Grouped);
        using var scope = NewDisposeScope();
        int[] ids = [.. Enumerable.Range(0, 600).Select(i => i * 7 % 24)];
        using var cache = new KvCache();
        decoder.Forward(Ids(ids[..599]), cache).Dispose();
        Near(decoder.Forward(Ids(ids), lastOnly: true), decoder.Forward(Ids(ids[599..]), cache));
    }

    [Theory]
    [InlineData("model.embed_tokens.weight")]
    [InlineData("model.layers.0.self_attn.q_norm.weight")]
    [InlineData("model.layers.0.self_attn.k_proj.weight")]
    [InlineData("model.layers.1.self_attn.v_proj.weight")]
    [InlineData("model.layers.1.mlp.gate_proj.weight")]
    [InlineData("model.norm.weight")]
    public void Gradients_are_slopes(string name)
    {
        using var decoder = Lively(Grouped);
        using var scope = NewDisposeScope();
        Tensor ids = Ids([3, 17, 0, 5, 5, 23, 11]), weight = decoder.Weights[name];
        weight.requires_grad = true;
        Loss().backward();
        var direction = weight.grad! / weight.grad!.norm();
        double slope = weight.grad!.norm().item<float>();

        Assert.Equal(1, (Along(1e-2) - Along(-1e-2)) / 2e-2 / slope, 0.02);

        Tensor Loss() => nn.functional.cross_entropy(decoder.Forward(ids)[0].narrow(0, 0, 6), ids[0].narrow(0, 1, 6));

        double Along(double step)
        {
            using var noGrad = no_grad();
            weight.add_(direction, step);
            double loss = Loss().item<float>();
            weight.add_(direction, -step);
            return loss;
        }
    }

    [Fact]
    public void A_text_longer_than_the_context_is_refused()
    {
        using var decoder = Lively(Grouped with { MaxPositions = 4 });
        using var scope = NewDisposeScope();
        using var cache = new KvCache();
        Assert.Contains("takes 5 tokens, and the model's context holds 4",
            Assert.Throws<UrialException>(() => decoder.Forward(Ids([1, 2, 3, 4, 5]))).Message);
        decoder.Forward(Ids([1, 2, 3, 4]), cache);
        Assert.Throws<UrialException>(() => decoder.Forward(Ids([5]), cache));
    }

    private static DecoderConfig Shape(string name) => name switch
    {
        "qwen3" => Grouped,
        "llama" => Grouped with { ModelType = "llama", TiedHead = false, KvHeads = 4 },
        "one-kv-head" => Grouped with { KvHeads = 1 },
        "biased" => Grouped with { ModelType = "llama", AttentionBias = true, MlpBias = true },
        _ => throw new ArgumentException(name),
    };

    /// <summary>Weights large enough that every part of the network matters.</summary>
    private static Decoder Lively(DecoderConfig config)
    {
        var decoder = Decoder.Random(config, seed: 11);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new Generator(12);
        foreach (var (_, weight) in decoder.Weights.OrderBy(w => w.Key, StringComparer.Ordinal))
            weight.normal_(weight.dim() == 1 ? 1 : 0, 0.4, generator);
        return decoder;
    }

    private static Tensor Ids(int[] ids) => tensor(ids.Select(id => (long)id).ToArray()).unsqueeze(0);

    private static void Near(Tensor expected, Tensor found)
    {
        Assert.Equal(expected.shape, found.shape);
        Assert.InRange((expected - found).abs().max().item<float>(), 0, 5e-5);
    }
}
