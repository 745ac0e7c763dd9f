using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models;

/// <summary>The packed decoder against the plain one, and against itself: nothing beside a text may change a bit of what it gets.</summary>
public sealed unsafe class PackedDecoderTests
{
    [Theory]
    [InlineData("tests/golden/models/llama")]
    [InlineData("tests/golden/models/llama-mha")]
    [InlineData("tests/golden/models/llama-mqa")]
    [InlineData("tests/golden/models/llama-headdim")]
    [InlineData("tests/golden/models/llama-tied")]
    [InlineData("tests/golden/models/llama-rope-llama3")]
    [InlineData("tests/golden/models/llama-rope-yarn")]
    [InlineData("tests/golden/models/qwen2")]
    [InlineData("tests/golden/models/smollm3")]
    [InlineData("tests/golden/models/qwen3")]
    [InlineData("tests/golden/models/gemma2")]
    [InlineData("tests/golden/models/gemma3")]
    [InlineData("tests/golden/models/gemma3-v5")]
    [InlineData("tests/golden/models/mistral-swa")]
    [InlineData("tests/golden/models/qwen2-swa")]
    [InlineData("tests/golden/models/olmo2")]
    [InlineData("tests/golden/models/phi3")]
    [InlineData("tests/golden/shift/base")]
    [InlineData("data/models/micro-base")]
    public void Its_logits_are_those_of_the_plain_decoder(string model)
    {
        using var decoder = Decoder.Load(Repository.Path(model));
        var packed = Packed(decoder);
        Agrees(decoder, packed, Ids(decoder, 150));
    }

    [Theory]
    [InlineData("tests/golden/models/llama")]
    [InlineData("tests/golden/models/qwen3")]
    [InlineData("tests/golden/models/gemma2")]
    [InlineData("tests/golden/models/gemma3")]
    [InlineData("tests/golden/models/gemma3-v5")]
    [InlineData("tests/golden/models/mistral-swa")]
    [InlineData("tests/golden/models/qwen2-swa")]
    [InlineData("tests/golden/models/olmo2")]
    [InlineData("tests/golden/models/phi3")]
    [InlineData("data/models/micro-base")]
    public void A_text_gets_the_same_bits_in_pieces_and_beside_others(string model)
    {
        using var decoder = Decoder.Load(Repository.Path(model));
        var packed = Packed(decoder);
        var ids = Ids(decoder, 150);
        var other = Ids(decoder, 90)[5..];
        using var whole = packed.Read([(packed.NewSequence(), ids)], _ => 0);
        var expected = Rows(whole, 0, 150, decoder);

        var text = packed.NewSequence();
        var pieces = new List<float>();
        var (at, step) = (0, 1);
        for (; at < ids.Length; at += step, step = step % 37 + 5)
        {
            step = Math.Min(step, ids.Length - at);
            using var part = packed.Read(
                [(packed.NewSequence(), other), (text, ids.AsMemory(at, step)), (packed.NewSequence(), other[..3])], _ => 0);
            pieces.AddRange(Rows(part, other.Length, step, decoder));
        }
        Assert.Equal(expected, pieces);

        using var last = packed.Read([(packed.NewSequence(), other), (packed.NewSequence(), ids)], which => which == 0 ? 85 : 147);
        Assert.Equal(expected[(147 * decoder.Config.HiddenSize)..], Rows(last, 0, 3, decoder));
        Assert.Equal(3L * decoder.Config.HiddenSize, last.Length);
    }

    [Theory]
    [InlineData("data/models/micro-base")]
    [InlineData("tests/golden/models/gemma3")]
    [InlineData("tests/golden/models/mistral-swa")]
    public void Texts_with_the_same_beginning_go_on_for_themselves(string model)
    {
        using var decoder = Decoder.Load(Repository.Path(model));
        var packed = Packed(decoder);
        var ids = Ids(decoder, 100);
        var beginning = packed.NewSequence();
        packed.Read([(beginning, ids.AsMemory(0, 80))], _ => 0).Dispose();
        foreach (var length in new[] { 1, 63, 64, 65, 80 })
        {
            // One that goes its own way first: it must leave no trace in the next.
            packed.Read([(PackedSequence.Begin(beginning, length), new[] { 5, 6, 7 })], _ => 0).Dispose();
            using var expected = packed.Read([(packed.NewSequence(), ids)], _ => length);
            using var found = packed.Read([(PackedSequence.Begin(beginning, length), ids.AsMemory(length))], _ => 0);
            Assert.Equal(Rows(expected, 0, 100 - length, decoder), Rows(found, 0, 100 - length, decoder));
        }
        Assert.Equal(80, beginning.Length);
    }

    [Theory]
    [InlineData("gemma3", 1, 6)]
    [InlineData("gemma3", 64, 16)]
    [InlineData("gemma3", 65, 40)]
    [InlineData("gemma3", 130, 256)]
    [InlineData("gemma2", 70, 40)]
    [InlineData("gemma", null, 20)]
    [InlineData("mistral-swa", 100, 6)]
    public void Windows_of_any_width_over_longer_texts(string family, int? window, int headDim)
    {
        var known = DecoderConfig.Load(Repository.Path("tests", "golden", "models", family == "gemma" ? "gemma2" : family));
        using var decoder = Lively(known with
        {
            ModelType = family == "gemma" ? family : known.ModelType,
            AttentionCap = family == "gemma" ? null : known.AttentionCap,
            LogitCap = family == "gemma" ? null : known.LogitCap,
            SlidingWindow = window,
            HeadDim = headDim,
            QueryScalar = known.QueryScalar is null ? null : 24,
            KvHeads = window == 130 ? 1 : 2,
        });
        var packed = new PackedDecoder(decoder);
        Agrees(decoder, packed, Ids(decoder, 300));

        // The same bits, whether read at once, in pieces, behind a beginning, or as one of several texts of different lengths.
        var ids = Ids(decoder, 300);
        using var whole = packed.Read([(packed.NewSequence(), ids)], _ => 0);
        var expected = Rows(whole, 0, 300, decoder);
        var beginning = packed.NewSequence();
        packed.Read([(beginning, ids.AsMemory(0, 260))], _ => 0).Dispose();
        foreach (var length in new[] { 1, 64, 131, 259 })
        {
            var text = PackedSequence.Begin(beginning, length);
            var (others, rest) = (Ids(decoder, 100), new List<float>());
            for (var (at, step) = (length, 1); at < ids.Length; at += step, step = 2 * step + 1)
            {
                step = Math.Min(step, ids.Length - at);
                using var part = packed.Read([(packed.NewSequence(), others), (text, ids.AsMemory(at, step))], _ => 0);
                rest.AddRange(Rows(part, others.Length, step, decoder));
            }
            Assert.Equal(expected[(length * decoder.Config.HiddenSize)..], rest);
        }
        packed.Dispose();
    }

    [Fact]
    public void Keys_and_values_before_all_windows_are_not_read()
    {
        using var decoder = Decoder.Load(Repository.Path("tests", "golden", "models", "mistral-swa")); // a window of 8 in all layers
        var packed = Packed(decoder);
        var ids = Ids(decoder, 160);
        using var expected = packed.Read([(packed.NewSequence(), ids)], _ => 150);
        var text = packed.NewSequence();
        packed.Read([(text, ids.AsMemory(0, 150))], _ => 0).Dispose();
        var block = new PackedAttention(decoder.Config).Block; // floats of a block
        for (var number = 0; number < 2; number++) // positions 0 to 127
            new Span<float>(text.Block(number), block).Fill(float.NaN);
        using var found = packed.Read([(text, ids.AsMemory(150))], _ => 0);
        Assert.Equal(Rows(expected, 0, 10, decoder), Rows(found, 0, 10, decoder));
    }

    [Theory]
    [InlineData("gpt2")]
    [InlineData("gpt-neox")]
    [InlineData("llama-rope-dynamic")]
    [InlineData("phi3-longrope")]
    public void What_no_kernel_is_written_for_is_not_packed(string model)
    {
        using var decoder = Decoder.Load(Repository.Path("tests", "golden", "models", model));
        Assert.Null(decoder.Packed);
    }

    [Fact]
    public void Weights_that_may_change_and_biases_no_kernel_adds_are_not_packed()
    {
        using var loaded = Decoder.Load(Repository.Path("tests", "golden", "models", "llama"));
        using var made = Decoder.Random(loaded.Config, 1);
        using var biased = Decoder.Load(Repository.Path("tests", "golden", "models", "llama-bias"));
        Assert.Equal(PanelKernel.IsFast, loaded.Packed is not null);
        Assert.Null(made.Packed);
        Assert.Null(biased.Packed); // biases outside of queries, keys and values
        loaded.Weights.Values.First().requires_grad = true;
        Assert.Null(loaded.Packed);
    }

    [Fact]
    public void Both_ways_are_timed_and_give_the_same_answers()
    {
        using var model = LanguageModel.Load(Repository.Path("tests", "golden", "shift", "base"));
        var speed = PackedSpeed.Measure(model, [[1, 2, 3], [4, 5]], newTokens: 5, repeats: 1);
        Assert.Equal((2, 10, PanelKernel.IsFast, true), (speed.Prompts, speed.Tokens, speed.IsPacked, speed.SameAnswers));
        Assert.True(speed.Packed > TimeSpan.Zero && speed.Plain > TimeSpan.Zero);
        Assert.Equal(speed.Plain / speed.Packed, speed.Ratio);
        Assert.Throws<UrialException>(() => PackedSpeed.Measure(model, [[]]));
    }

    internal static void Agrees(Decoder decoder, PackedDecoder packed, int[] ids)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var expected = decoder.Forward(tensor(Array.ConvertAll(ids, id => (long)id)).unsqueeze(0))[0]; // [positions, vocabulary]
        var found = tensor(Logits(decoder, packed, ids)).view(expected.shape);
        Assert.InRange((expected - found).abs().max().item<float>(), 0, 1e-4f);
        Assert.True((expected.argmax(1) == found.argmax(1)).all().item<bool>());
    }

    /// <summary>Random weights, norms among them, so large that attention prefers some positions.</summary>
    internal static Decoder Lively(DecoderConfig config)
    {
        using var noGrad = no_grad();
        using var generator = new Generator(7, CPU);
        var decoder = Decoder.Random(config, 5);
        foreach (var weight in decoder.Weights.Values)
            if (weight.dim() == 1)
                weight.add_(zeros_like(weight).normal_(0, 0.3, generator));
            else
                weight.mul_(8);
        return decoder;
    }

    internal static PackedDecoder Packed(Decoder decoder) =>
        PanelKernel.IsFast ? Assert.IsType<PackedDecoder>(decoder.Packed) : new PackedDecoder(decoder);

    internal static int[] Ids(Decoder decoder, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (17 * i * i + 5 * i + 3) % decoder.Config.VocabularySize)];

    internal static float[] Rows(NativeFloats states, int first, int count, Decoder decoder) =>
        new ReadOnlySpan<float>(states.Start + (long)first * decoder.Config.HiddenSize, count * decoder.Config.HiddenSize).ToArray();

    internal static float[] Logits(Decoder decoder, PackedDecoder packed, int[] ids)
    {
        using var states = packed.Read([(packed.NewSequence(), ids)], _ => 0);
        var logits = new float[ids.Length * decoder.Config.VocabularySize];
        fixed (float* start = logits)
            packed.Head(states.Start, ids.Length, start);
        return logits;
    }
}
