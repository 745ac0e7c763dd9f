using TorchSharp;
using static TorchSharp.torch;
using static Urial.Tests.Models.PackedDecoderTests;

namespace Urial.Tests.Models;

/// <summary>
/// bf16 weights, packed: to the last bit what an f32 run over the same rounded weights gives, and so nearer to it than the plain decoder in
/// bf16, which rounds activations too.
/// </summary>
public sealed unsafe class PackedBrainFloatTests
{
    [Theory]
    [InlineData("tests/golden/models/llama")]
    [InlineData("tests/golden/models/llama-bf16")]
    [InlineData("tests/golden/models/llama-mqa")]
    [InlineData("tests/golden/models/llama-headdim")]
    [InlineData("tests/golden/models/llama-tied")]
    [InlineData("tests/golden/models/llama-rope-yarn")]
    [InlineData("tests/golden/models/llama-f16-sharded")]
    [InlineData("tests/golden/models/qwen2")]
    [InlineData("tests/golden/models/qwen3")]
    [InlineData("tests/golden/models/smollm3")]
    [InlineData("tests/golden/models/mistral-swa")]
    [InlineData("tests/golden/models/qwen2-swa")]
    [InlineData("tests/golden/models/olmo2")]
    [InlineData("tests/golden/models/phi3")]
    [InlineData("data/models/micro-base")]
    public void Its_logits_are_those_of_an_f32_run_over_the_same_weights(string model)
    {
        using var narrow = Decoder.Load(Repository.Path(model), Precision.BF16);
        Same(narrow, Ids(narrow, 150));
    }

    [Theory]
    [InlineData("gemma", null, 20)]
    [InlineData("gemma2", 70, 40)]
    [InlineData("gemma3", 64, 16)]
    public void Those_of_Gemma_too_where_the_width_s_root_is_the_same_number_in_bf16(string family, int? window, int headDim)
    {
        var known = DecoderConfig.Load(Repository.Path("tests", "golden", "models", family == "gemma" ? "gemma2" : family));
        using var drawn = Lively(known with
        {
            ModelType = family == "gemma" ? family : known.ModelType,
            AttentionCap = family == "gemma" ? null : known.AttentionCap,
            LogitCap = family == "gemma" ? null : known.LogitCap,
            SlidingWindow = window,
            HiddenSize = 64,
            HeadDim = headDim,
            QueryScalar = known.QueryScalar is null ? null : 24,
        });
        using var narrow = As(drawn, ScalarType.BFloat16);
        Same(narrow, Ids(narrow, 300));
    }

    [Theory]
    [InlineData("llama", 0.05)]
    [InlineData("qwen3", 0.05)]
    [InlineData("gemma2", 0.1)]
    [InlineData("gemma3", 0.1)]
    [InlineData("gemma3-v5", 0.1)]
    [InlineData("olmo2", 0.1)]
    [InlineData("phi3", 0.1)]
    public void The_plain_decoder_in_bf16_is_as_near_as_bf16_is_and_further_from_an_f32_run(string model, double mean)
    {
        using var narrow = Decoder.Load(Repository.Path("tests", "golden", "models", model), Precision.BF16);
        using var wide = As(narrow, ScalarType.Float32);
        var ids = Ids(narrow, 120);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var batch = tensor(Array.ConvertAll(ids, id => (long)id)).unsqueeze(0);
        var exact = wide.Forward(batch)[0]; // [positions, vocabulary]
        var plain = narrow.Forward(batch)[0].to(ScalarType.Float32);
        var packed = tensor(Logits(narrow, Packed(narrow), ids)).view(exact.shape);
        Assert.InRange((packed - plain).abs().mean().item<float>(), 1e-5, mean);
        Assert.True((packed - exact).abs().mean().item<float>() < 0.25 * (plain - exact).abs().mean().item<float>());
    }

    [Theory]
    [InlineData("tests/golden/models/llama", 1.0)]
    [InlineData("tests/golden/models/qwen2", 1.1)]
    [InlineData("tests/golden/models/mistral-swa", 1.0)]
    [InlineData("tests/golden/models/olmo2", 1.0)]
    [InlineData("tests/golden/models/phi3", 1.0)]
    [InlineData("data/models/micro-base", 1.3)]
    public void Answers_are_those_of_an_f32_run_over_the_same_weights(string model, double penalty)
    {
        using var narrow = Decoder.Load(Repository.Path(model), Precision.BF16);
        Assert.Equal(PanelKernel.IsFast, narrow.Packed is not null);
        if (narrow.Packed is null)
            return;
        using var wide = As(narrow, ScalarType.Float32);
        Assert.Null(wide.Packed);
        int[] common = [.. Ids(narrow, 40)];
        int[][] prompts = [.. new[] { 1, 3, 9, 50 }.Select(own => (int[])[.. common, .. Ids(narrow, own + 7)[7..]])];
        var options = new GenerationOptions { MaxNewTokens = 24, RepetitionPenalty = penalty };
        using PrefixCache prefix = new(narrow, common), same = new(wide, common);
        var expected = Answers(wide, prompts, options, same);
        Assert.Equal(expected, Answers(narrow, prompts, options, null));
        Assert.Equal(expected, Answers(narrow, prompts, options, prefix));
        Assert.Equal(expected, [.. prompts.SelectMany(prompt => Answers(narrow, [prompt], options, prefix))]);
    }

    [Fact]
    public void Scores_come_from_the_same_weights_as_answers()
    {
        using var model = LanguageModel.Load(Repository.Path("tests", "golden", "shift", "base"), Precision.BF16);
        var ids = Ids(model.Decoder, 40);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var plain = model.Decoder.Forward(tensor(Array.ConvertAll(ids, id => (long)id)).unsqueeze(0))[0].to(ScalarType.Float32);
        using var prefix = new PrefixCache(model.Decoder, ids[..20]);
        using var reader = new AnswerLogits(model, "base", ids[..30], [.. ids[30..], 0], prefix);
        var found = reader.Next(11); // [answer positions, vocabulary]
        var expected = model.Decoder.Packed is { } packed ? tensor(Logits(model.Decoder, packed, ids)).view(plain.shape) : plain;
        Assert.True(expected.narrow(0, 29, 11).Same(found));
        Assert.InRange((found - plain.narrow(0, 29, 11)).abs().max().item<float>(), 0, 0.25f);

        // A greedy answer is what scoring finds most likely, token by token.
        var answer = Answers(model.Decoder, [ids], new GenerationOptions { MaxNewTokens = 24 }, prefix)[0];
        using var again = new AnswerLogits(model, "base", ids, answer, prefix);
        Assert.Equal(answer, again.Next(answer.Length).argmax(1).data<long>().ToArray().Select(id => (int)id));
    }

    /// <summary>Packed bf16 against packed f32 and against the plain decoder in f32, over the same numbers.</summary>
    private static void Same(Decoder narrow, int[] ids)
    {
        using var wide = As(narrow, ScalarType.Float32);
        using var other = new PackedDecoder(wide);
        var packed = Packed(narrow);
        Assert.Equal(Logits(wide, other, ids), Logits(narrow, packed, ids));
        Agrees(wide, packed, ids);
    }

    /// <summary>The same numbers, or rounded ones, in another format, as weights that may still change; fixed in bf16.</summary>
    private static Decoder As(Decoder decoder, ScalarType type)
    {
        using var noGrad = no_grad();
        var weights = decoder.Weights.ToDictionary(weight => weight.Key, weight =>
        {
            using var other = weight.Value.to(type);
            return other.clone();
        });
        return new Decoder(decoder.Config, weights) { IsFixed = type == ScalarType.BFloat16 };
    }

    private static int[][] Answers(Decoder decoder, int[][] prompts, GenerationOptions options, PrefixCache? prefix)
    {
        DecodedAnswer[] rows = [.. prompts.Select((prompt, row) => new DecodedAnswer(prompt, (ulong)row, options.PenaltyScope, _ => null))];
        AnswerDecoding.Run(decoder, rows, options, prefix);
        return [.. rows.Select(row => row.Answer.ToArray())];
    }
}
