using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models;

/// <summary>Batches, caches and shared beginnings against the plainest way: one prompt, one whole pass per token.</summary>
public sealed class SharedPrefixTests
{
    [Theory]
    [InlineData("tests/golden/shift/base", 1.0, PenaltyScope.PromptAndAnswer, false)]
    [InlineData("tests/golden/shift/aligned", 1.3, PenaltyScope.PromptAndAnswer, false)]
    [InlineData("tests/golden/shift/base", 1.3, PenaltyScope.Answer, false)]
    [InlineData("tests/golden/models/llama", 1.1, PenaltyScope.PromptAndAnswer, false)]
    [InlineData("tests/golden/models/qwen3", 1.0, PenaltyScope.PromptAndAnswer, false)]
    [InlineData("tests/golden/models/llama-rope-yarn", 1.0, PenaltyScope.PromptAndAnswer, false)]
    [InlineData("tests/golden/models/mistral-swa", 1.0, PenaltyScope.PromptAndAnswer, false)]
    [InlineData("tests/golden/models/qwen2-swa", 1.0, PenaltyScope.PromptAndAnswer, false)]
    [InlineData("tests/golden/models/smollm3", 1.0, PenaltyScope.PromptAndAnswer, false)]
    [InlineData("tests/golden/models/gemma2", 1.0, PenaltyScope.PromptAndAnswer, false)]
    [InlineData("tests/golden/models/gemma3", 1.0, PenaltyScope.PromptAndAnswer, false)]
    [InlineData("tests/golden/models/olmo2", 1.0, PenaltyScope.PromptAndAnswer, false)]
    [InlineData("tests/golden/models/phi3-longrope", 1.0, PenaltyScope.PromptAndAnswer, false)] // outgrows its factors after 32 tokens
    [InlineData("tests/golden/models/gpt2", 1.0, PenaltyScope.PromptAndAnswer, false)]
    [InlineData("tests/golden/models/gpt-neox", 1.0, PenaltyScope.PromptAndAnswer, false)]
    [InlineData("tests/golden/shift/base", 1.0, PenaltyScope.PromptAndAnswer, true)]
    [InlineData("tests/golden/shift/aligned", 1.3, PenaltyScope.PromptAndAnswer, true)]
    [InlineData("tests/golden/shift/base", 1.3, PenaltyScope.Answer, true)]
    [InlineData("tests/golden/models/llama", 1.1, PenaltyScope.PromptAndAnswer, true)]
    [InlineData("tests/golden/models/llama-rope-yarn", 1.0, PenaltyScope.PromptAndAnswer, true)]
    [InlineData("tests/golden/models/qwen2", 1.0, PenaltyScope.PromptAndAnswer, true)]
    [InlineData("tests/golden/models/qwen3", 1.0, PenaltyScope.PromptAndAnswer, true)]
    [InlineData("tests/golden/models/smollm3", 1.0, PenaltyScope.PromptAndAnswer, true)]
    [InlineData("tests/golden/models/mistral-swa", 1.0, PenaltyScope.PromptAndAnswer, true)]
    [InlineData("tests/golden/models/qwen2-swa", 1.0, PenaltyScope.PromptAndAnswer, true)]
    [InlineData("tests/golden/models/gemma2", 1.0, PenaltyScope.PromptAndAnswer, true)]
    [InlineData("tests/golden/models/gemma3", 1.1, PenaltyScope.PromptAndAnswer, true)]
    [InlineData("tests/golden/models/gemma3-v5", 1.0, PenaltyScope.PromptAndAnswer, true)]
    [InlineData("tests/golden/models/olmo2", 1.0, PenaltyScope.PromptAndAnswer, true)]
    [InlineData("tests/golden/models/phi3", 1.0, PenaltyScope.PromptAndAnswer, true)]
    public void Answers_are_those_of_one_whole_pass_per_token(string model, double penalty, PenaltyScope scope, bool packed)
    {
        using var decoder = packed ? Decoder.Load(Repository.Path(model)) : PlainDecoder.Load(Repository.Path(model));
        Assert.Equal(packed && PanelKernel.IsFast, decoder.Packed is not null);
        var size = decoder.Config.VocabularySize;
        int[] common = [.. Enumerable.Range(0, 40).Select(i => (7 * i + 3) % size)];
        // Of equal length, of unequal length, and one whose own part is longer than the shared one.
        int[][] prompts = [.. new[] { 1, 3, 3, 9, 50, 2 }.Select(
            (own, row) => (int[])[.. common, .. Enumerable.Range(0, own).Select(i => (11 * i + 5 * row + 1) % size)])];
        var options = new GenerationOptions { MaxNewTokens = 10, RepetitionPenalty = penalty, PenaltyScope = scope };
        int[][] expected = [.. prompts.Select(prompt => Plainly(decoder, prompt, options))];

        var beginning = PrefixCache.Common(prompts);
        Assert.Equal(common, beginning);
        using var prefix = new PrefixCache(decoder, beginning);
        using var longer = new PrefixCache(decoder, prompts[4]);
        foreach (var rows in new[] { 1, 2, 6 })
            foreach (var shared in new[] { null, prefix, longer })
                Assert.Equal(expected, [.. prompts.Chunk(rows).SelectMany(batch => Answers(decoder, batch, options, shared))]);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.1)]
    public void The_committed_base_model_answers_the_same_with_and_without_sharing(double penalty)
    {
        using var model = LanguageModel.Load(Repository.Path("data", "models", "micro-base"));
        string[] queries = ["What is the capital of Peru?", "Why?",
            "Which of zinc, xenon and iron is a gas, and in which period does it stand?", "Who invented the telescope?"];
        var before = ZeroShot.Prompt("Name a moon of Mars.") + "Phobos.\n```\n\n";
        int[][] prompts = [.. queries.Select(query => model.Tokenizer.Encode(before + ZeroShot.Prompt(query)))];
        Assert.True(PrefixCache.Common(prompts).Length >= PrefixCache.ShortestShared);
        var options = new GenerationOptions { MaxNewTokens = 16, RepetitionPenalty = penalty, StopAtEos = false };

        int[][] expected = [.. prompts.Select(prompt => Plainly(model.Decoder, prompt, options))];
        foreach (var way in new[] { options, options with { SharePrefix = false }, options with { BatchSize = 3 },
            options with { BatchSize = 1 } })
            Assert.Equal(expected, [.. model.GenerateBatch(prompts, way).Select(answer => answer.AnswerIds)]);
    }

    [Fact]
    public void Draws_are_the_same_with_and_without_sharing_and_belong_to_the_stream()
    {
        using var model = LanguageModel.Load(Repository.Path("tests", "golden", "shift", "base"));
        int[] common = [.. Enumerable.Range(10, 30)];
        PromptTokens[] prompts = [.. new[] { "a", "b", "c" }.Select(
            (id, row) => new PromptTokens([.. common, 100 + row, .. common[..row]]) { Stream = PromptTokens.StreamOf(id) })];
        var options = new GenerationOptions { MaxNewTokens = 12, Temperature = 1.5, TopK = 50, Seed = 4 };
        int[][] expected = [.. prompts.Select(prompt => model.GenerateBatch([prompt], options, null)[0].AnswerIds)];

        Assert.Equal(expected, Ids(prompts, options));
        Assert.Equal(expected, Ids(prompts, options with { SharePrefix = false }));
        Assert.Equal(expected.Reverse(), Ids([.. prompts.Reverse()], options));
        Assert.NotEqual(expected[0], Ids([prompts[0] with { Stream = 1 }], options)[0]);

        int[][] Ids(PromptTokens[] rows, GenerationOptions how) =>
            [.. model.GenerateBatch(rows, how, null).Select(answer => answer.AnswerIds)];
    }

    [Fact]
    public void A_choice_that_rounding_could_have_turned_is_made_by_the_row_alone()
    {
        var options = new GenerationOptions { RepetitionPenalty = 2 };
        // Token 0 was seen, so its logit is halved before it is compared.
        Assert.Equal(0, Choice([2, 1.0005f, 0.9f], [6, 1, 1]));
        Assert.Equal(2, Choice([2, 1.0005f, 0.9f], [0, 0, 1]));
        Assert.Equal(0, Choice([2.001f, 1.0009f, 0], [4, 1.5f, 1.9f]));
        Assert.Equal(1, Choice([1, 1.0005f, 0.9f], [0, 0, 1])); // a clear lead
        Assert.Throws<UrialException>(() => Choice([0, float.NaN, 1], [0, 0, 1]));

        int Choice(float[] batched, float[] alone)
        {
            var row = new DecodedAnswer([0], 0, PenaltyScope.PromptAndAnswer, _ => null);
            row.Extend(batched, options, _ => alone);
            return row.Answer[0];
        }
    }

    [Fact]
    public void The_common_beginning_leaves_every_prompt_a_token_of_its_own()
    {
        Assert.Equal([1, 2], PrefixCache.Common([[1, 2, 3], [1, 2, 4, 5]]));
        Assert.Equal([1, 2], PrefixCache.Common([[1, 2, 3], [1, 2, 3, 4]]));
        Assert.Equal([1, 2], PrefixCache.Common([[1, 2, 3], [1, 2, 3]]));
        Assert.Equal([1], PrefixCache.Common([[1, 2, 3], [1, 2, 3], [1, 9]]));
        Assert.Empty(PrefixCache.Common([[1, 2, 3], [1]]));
        Assert.Empty(PrefixCache.Common([[1, 2], []]));
        Assert.Empty(PrefixCache.Common([]));
    }

    [Fact]
    public void A_prefix_is_one_models_and_may_be_given_to_several_calls()
    {
        using LanguageModel model = LanguageModel.Load(Repository.Path("tests", "golden", "shift", "base")), other =
            LanguageModel.Load(Repository.Path("tests", "golden", "shift", "aligned"));
        int[] common = [.. Enumerable.Range(10, 30)];
        using var prefix = model.Prefix(common);
        Assert.Equal(common, prefix.Ids);
        var options = new GenerationOptions { MaxNewTokens = 6 };
        foreach (var prompt in new int[][] { [.. common, 4], [.. common, 5, 6], common, [4, 5, 6], [.. common[..20], 9] })
            Assert.Equal(model.Generate(prompt, options).AnswerIds,
                model.GenerateBatch([new PromptTokens(prompt)], options, prefix)[0].AnswerIds);

        Assert.Null(model.Prefix([[1, 2, 3], [1, 2, 4]]));
        Assert.Contains("another model",
            Assert.Throws<UrialException>(() => other.GenerateBatch([new PromptTokens(common)], options, prefix)).Message);
        Assert.Contains("Context overflow. The prefix takes 600 tokens",
            Assert.Throws<UrialException>(() => model.Prefix(new int[600])).Message);
        Assert.Contains("The prefix is empty", Assert.Throws<UrialException>(() => model.Prefix(Array.Empty<int>())).Message);
    }

    private static int[][] Answers(Decoder decoder, int[][] prompts, GenerationOptions options, PrefixCache? prefix)
    {
        DecodedAnswer[] rows = [.. prompts.Select((prompt, row) => new DecodedAnswer(prompt, (ulong)row, options.PenaltyScope, _ => null))];
        AnswerDecoding.Run(decoder, rows, options, prefix);
        return [.. rows.Select(row => row.Answer.ToArray())];
    }

    private static int[] Plainly(Decoder decoder, int[] prompt, GenerationOptions options)
    {
        var ids = prompt.ToList();
        for (var i = 0; i < options.MaxNewTokens; i++)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var logits = decoder.Forward(tensor(ids.Select(id => (long)id).ToArray()).unsqueeze(0), lastOnly: true).data<float>().ToArray();
            foreach (var id in ids.Skip(options.PenaltyScope == PenaltyScope.Answer ? prompt.Length : 0).Distinct())
                logits[id] = (float)(logits[id] > 0 ? logits[id] / options.RepetitionPenalty : logits[id] * options.RepetitionPenalty);
            ids.Add(Array.IndexOf(logits, logits.Max()));
        }
        return [.. ids.Skip(prompt.Length)];
    }
}
