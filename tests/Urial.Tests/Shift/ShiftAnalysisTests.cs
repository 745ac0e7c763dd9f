using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Shift;

public sealed class ShiftAnalysisTests : IDisposable
{
    private const string Prompt = "<|im_start|>user\nHow do I bake bread?<|im_end|>\n<|im_start|>assistant\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-shift-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_model_against_itself_under_one_prompt_shifts_nothing()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Base);

        var answer = ShiftAnalysis.Score(pair, "same", "", Prompt, Prompt, [588, 479, 862, 2]);

        Assert.All(answer.Positions, p =>
        {
            Assert.Equal(0, p.KlAlignedBase, 12);
            Assert.Equal(0, p.KlBaseAligned, 12);
            Assert.Equal(0, p.Js, 12);
            Assert.Equal(p.BaseProbability, p.AlignedProbability, 12);
            Assert.Equal(p.BaseTop, p.AlignedTop);
        });
        Assert.Equal([false, false, false, true], answer.Positions.Select(p => p.IsEos));
        Assert.Equal("<|im_end|>", answer.Tokens[3].Raw);
        Assert.DoesNotContain("<|im_end|>", answer.Text);
    }

    [Fact]
    public void Asking_generates_under_the_template_and_scores_under_the_zero_shot_prompt()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.AlignedWithTemplate(_folder.FullName));

        var answer = ShiftAnalysis.Ask(pair, "How do I bake bread?", new ShiftOptions { MaxNewTokens = 12, Top = 2 });

        Assert.Equal(Prompt, answer.AlignedPrompt);
        Assert.Equal("# Query:\n```\nHow do I bake bread?\n```\n\n# Answer:\n```\n", answer.BasePrompt);
        Assert.Equal(pair.Aligned.Generate(Prompt, new GenerationOptions { MaxNewTokens = 12 }).AnswerIds, answer.AnswerIds);
        Assert.All(answer.Positions, p => Assert.Equal(p.TokenId, p.AlignedArgmaxId)); // greedy: each token is its model's first choice
        Assert.All(answer.Positions, p => Assert.Equal(2, p.BaseTop.Count));
    }

    [Fact]
    public void Many_queries_get_the_answers_they_would_get_alone()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.AlignedWithTemplate(_folder.FullName));
        string[] queries = ["List 3 rivers.", "How do I bake bread?", "Why is the sky blue, and is it blue at night as well?"];
        var options = new ShiftOptions { MaxNewTokens = 10, BatchSize = 2 };
        var steps = new List<RunStep>();

        var answers = ShiftAnalysis.Run(pair, queries, options, steps.Add);

        Assert.Equal(["q0001", "q0002", "q0003"], answers.Select(a => a.Id));
        foreach (var (query, answer) in queries.Zip(answers))
        {
            var alone = ShiftAnalysis.Ask(pair, query, options);
            Assert.Equal(alone.AnswerIds, answer.AnswerIds);
            Assert.Equal(alone.Positions.Select(p => p.BaseRank), answer.Positions.Select(p => p.BaseRank));
        }
        Assert.Equal(
            [
                new("answering", 1, 3), new("answering", 2, 3), new("answering", 3, 3),
                new("scoring", 1, 3), new("scoring", 2, 3), new("scoring", 3, 3),
            ],
            steps);
    }

    [Fact]
    public void One_pass_gives_what_the_definitions_give_position_by_position()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);
        int[] ids = [588, 479, 862, 2];
        var answer = ShiftAnalysis.Score(pair, "a", "", "# Answer:\n", Prompt, ids);

        for (var t = 0; t < ids.Length; t++)
        {
            var (p, q) = ShiftAnalysis.LogProbabilities(pair, answer, t);
            Assert.Equal(900, p.Length);
            Assert.Equal(Divergence.Kl(q, p), answer.Positions[t].KlAlignedBase, 5);
            Assert.Equal(Divergence.Js(p, q), answer.Positions[t].Js, 5);
            Assert.Equal(Math.Exp(p[ids[t]]), answer.Positions[t].BaseProbability, 5);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => ShiftAnalysis.LogProbabilities(pair, answer, 4));
    }

    [Fact]
    public void A_large_vocabulary_is_read_in_pieces_that_fit_together()
    {
        // 200,000 tokens make pieces of 10 positions: 23 positions need three. The tokenizer knows the first 900 ids only.
        var wide = GoldenPair.Copy("base", _folder.FullName);
        using (var decoder = Decoder.Random(DecoderConfig.Load(wide) with
        {
            VocabularySize = 200_000,
            HiddenSize = 4,
            FeedForward = 4,
            Heads = 1,
            KvHeads = 1,
            HeadDim = 4,
            Layers = 1
        }, 3))
            decoder.Save(wide, Precision.F32);
        using var pair = ModelPair.Load(wide, wide);
        int[] ids = [.. Enumerable.Range(0, 23).Select(i => (37 * i + 5) % 900)];

        var answer = ShiftAnalysis.Score(pair, "wide", "", "x", "y", ids, top: 1);

        using var scope = NewDisposeScope();
        long[] read = [.. pair.Tokenizer.Encode("x").Concat(ids).SkipLast(1).Select(id => (long)id)];
        var logits = pair.Base.Decoder.Forward(tensor(read).unsqueeze(0)).squeeze(0); // [23, vocabulary]
        Assert.Equal(23, logits.shape[0]);
        Assert.Equal(Enumerable.Range(0, 23), answer.Positions.Select(p => p.Position));
        foreach (var p in answer.Positions)
        {
            float[] row = [.. logits[p.Position].data<float>()];
            Assert.Equal(Math.Exp(Divergence.LogSoftmax(row)[p.TokenId]), p.BaseProbability, 7);
            Assert.InRange(p.BaseRank, 1, 200_000);
        }
    }

    [Fact]
    public void Logits_that_are_no_numbers_name_the_model()
    {
        var damaged = GoldenPair.Copy("base", _folder.FullName);
        using (var decoder = Decoder.Load(damaged))
        {
            using (no_grad())
                decoder.Weights["model.norm.weight"].fill_(float.NaN);
            decoder.Save(damaged, Precision.F32);
        }
        using var pair = ModelPair.Load(damaged, GoldenPair.Aligned);

        var error = Assert.Throws<UrialException>(() => ShiftAnalysis.Score(pair, "a", "", Prompt, Prompt, [588])).Message;

        Assert.Contains("base model base", error);
        Assert.Contains("position 0", error);
    }

    [Fact]
    public void What_cannot_be_scored_says_why()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);
        string Error(ShiftQuery query) => Assert.Throws<UrialException>(() => ShiftAnalysis.Run(pair, [query])).Message;

        Assert.Contains("id 900 at position 1", Error(ShiftQuery.Verbatim("a", "x", "y", [3, 900])));
        Assert.Contains("id -1 at position 0", Error(ShiftQuery.Verbatim("a", "x", "y", [-1])));
        Assert.Contains("no chat template", Error(ShiftQuery.Of("a", "Why?")));
        var overflow = Error(ShiftQuery.Verbatim("a", "x", "y", [.. Enumerable.Repeat(5, 600)]));
        Assert.Contains("Context overflow", overflow);
        Assert.Contains("at most 512", overflow);
        Assert.Contains("share the id a", Assert.Throws<UrialException>(
            () => ShiftAnalysis.Run(pair, [ShiftQuery.Verbatim("a", "x", "y", [3]), ShiftQuery.Verbatim("a", "x", "z", [3])])).Message);
        Assert.Throws<UrialException>(() => ShiftQuery.Verbatim("a", "x", "y", []));
        Assert.Throws<UrialException>(
            () => ShiftAnalysis.Run(pair, [ShiftQuery.Verbatim("a", "x", "y", [3])], new ShiftOptions { Top = -1 }));
    }

    [Fact]
    public void An_answer_that_the_context_cuts_off_is_no_answer()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);
        var filler = string.Concat(Enumerable.Repeat("x", 4096));
        while (pair.Tokenizer.Encode(filler).Length > 509)
            filler = filler[..^1];

        var outcome = ShiftAnalysis.TryRun(pair, [ShiftQuery.Verbatim("long", filler, filler), ShiftQuery.Verbatim("short", "x", "y")],
            new ShiftOptions { MaxNewTokens = 8 });

        Assert.Contains("Context overflow", outcome[0].Error);
        Assert.NotNull(outcome[1].Answer);
    }
}
