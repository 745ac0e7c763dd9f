using TorchSharp;
using static TorchSharp.torch;
using static Urial.Tests.Models.FamilyTests;

namespace Urial.Tests.Models;

/// <summary>
/// Rotations that depend on a text's length, with a cache: as transformers 4.57 has them, keys keep the rotation that they were given; only
/// Phi-3 reads a text again when it outgrows its short factors.
/// </summary>
public sealed class LongTextTests
{
    private static readonly string Models = Repository.Path("tests", "golden", "models");

    [Theory]
    [InlineData("llama-rope-dynamic")]
    [InlineData("phi3-longrope")]
    public void Rows_of_a_batch_have_the_rotations_of_their_own_lengths(string name)
    {
        using var decoder = Decoder.Load(Path.Combine(Models, name));
        using var scope = NewDisposeScope();
        int[] lengths = [40, 12, 30];
        int[][] rows = [.. lengths.Select(length => Text(length, decoder, first: length))];
        int[] padding = [.. lengths.Select(length => 40 - length)];
        using var cache = new KvCache();
        KvCache[] alone = [new(), new(), new()];
        var together = decoder.Forward(cat([.. rows.Select((row, i) => Ids([.. new int[padding[i]], .. row]))], 0), cache, padding);
        for (var row = 0; row < 3; row++)
            Near(decoder.Forward(Ids(rows[row]), alone[row]), together[row].unsqueeze(0).narrow(1, padding[row], lengths[row]));
        for (var step = 0; step < 6; step++) // the third outgrows the 32 tokens of both models on its way
        {
            var next = decoder.Forward(tensor(new long[] { step, step + 1, step + 2 }).view(3, 1), cache);
            for (var row = 0; row < 3; row++)
                Near(decoder.Forward(Ids([step + row]), alone[row]), next[row].unsqueeze(0));
        }
        foreach (var one in alone)
            one.Dispose();
    }

    [Fact]
    public void Phi3_reads_a_text_again_that_outgrows_its_short_factors()
    {
        using var decoder = Decoder.Load(Path.Combine(Models, "phi3-longrope"));
        using var scope = NewDisposeScope();
        using var cache = new KvCache();
        var ids = Text(40, decoder);
        decoder.Forward(Ids(ids[..31]), cache);
        for (var end = 32; end <= 40; end++)
            Near(decoder.Forward(Ids(ids[..end]), lastOnly: true), decoder.Forward(Ids(ids[(end - 1)..end]), cache));
    }

    [Fact]
    public void Dynamic_rotations_turn_new_keys_only()
    {
        using var decoder = Decoder.Load(Path.Combine(Models, "llama-rope-dynamic"));
        using var scope = NewDisposeScope();
        using var cache = new KvCache();
        var ids = Text(41, decoder);
        decoder.Forward(Ids(ids[..32]), cache);
        var next = decoder.Forward(Ids(ids[32..33]), cache);
        Assert.True((decoder.Forward(Ids(ids[..33]), lastOnly: true) - next).abs().max().item<float>() > 1e-3);

        // By hand: one layer, so that keys do not depend on earlier rotations; the step's frequencies are those of 33 tokens.
        var theta = 10_000 * Math.Pow(2.0 * 33 / 32 - 1, 8 / 6.0);
        Assert.Equal(Enumerable.Range(0, 4).Select(i => Math.Pow(theta, -i / 4.0)),
            RopeFrequencies.Of(8, 10_000, decoder.Config.RopeScaling, 33).Select(x => (double)x), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory]
    [InlineData(28)]
    [InlineData(40)]
    public void Answers_of_a_model_with_dynamic_rotations_do_not_depend_on_batch_or_sharing(int common)
    {
        using var decoder = Decoder.Load(Path.Combine(Models, "llama-rope-dynamic"));
        int[][] prompts = [.. new[] { 1, 2, 6, 3 }.Select((own, row) =>
            (int[])[.. Text(common, decoder), .. Text(own, decoder, 50 + 9 * row)])];
        var options = new GenerationOptions { MaxNewTokens = 12 };
        int[][] alone = [.. prompts.Select(prompt => Answers([prompt], null)[0])];
        using var prefix = new PrefixCache(decoder, PrefixCache.Common(prompts));
        Assert.Equal(alone, Answers(prompts, null));
        Assert.Equal(alone, Answers(prompts, prefix));

        int[][] Answers(int[][] of, PrefixCache? shared)
        {
            DecodedAnswer[] rows = [.. of.Select((prompt, row) => new DecodedAnswer(prompt, (ulong)row, options.PenaltyScope, _ => null))];
            new BatchDecoding(decoder, rows, options with { BatchSize = 4 }, shared).Run();
            return [.. rows.Select(row => row.Answer.ToArray())];
        }
    }
}
