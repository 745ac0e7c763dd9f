using System.Globalization;
using System.Text.Json;
using Urial.Cli;
using Urial.Tests.Models;
using static TorchSharp.torch;

namespace Urial.Tests.Shift;

/// <summary>Pairs whose vocabularies are padded or extended.</summary>
public sealed class SharedVocabularyTests : IDisposable
{
    private const string Prompt = "<|im_start|>user\nWhat is the capital of France?<|im_end|>\n<|im_start|>assistant\n";
    private static readonly int[] Answer = [588, 479, 862, 147, 411];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_pair_with_equal_vocabularies_leaves_nothing_out()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);
        Assert.True(pair.Vocabulary.IsWhole);
        Assert.Equal((900, 0, 0), (pair.Vocabulary.Count, pair.Vocabulary.BaseLeftOut, pair.Vocabulary.AlignedLeftOut));
        Assert.All(Score(pair, Answer).Positions, position => Assert.Equal((0, 0), (position.BaseLeftOut, position.AlignedLeftOut)));
    }

    [Fact]
    public void Rows_that_pad_one_model_change_no_number_and_their_probability_is_told()
    {
        using var original = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);
        using var pair = ModelPair.Load(GoldenPair.Base, WidenedModel.Write(_folder.Root, "aligned", 964, (900, "<|extra|>")));
        Assert.Equal((900, 0, 64), (pair.Vocabulary.Count, pair.Vocabulary.BaseLeftOut, pair.Vocabulary.AlignedLeftOut));
        Assert.True(pair.Vocabulary.Contains(899) && !pair.Vocabulary.Contains(900));

        var (expected, found) = (Score(original, Answer), Score(pair, Answer));
        foreach (var (one, other) in expected.Positions.Zip(found.Positions))
        {
            Assert.Equal((one.TokenId, one.BaseRank, one.AlignedArgmaxId), (other.TokenId, other.BaseRank, other.AlignedArgmaxId));
            Near([one.BaseProbability, one.AlignedProbability, one.KlAlignedBase, one.KlBaseAligned, one.Js, one.BaseEntropy,
                one.AlignedEntropy], [other.BaseProbability, other.AlignedProbability, other.KlAlignedBase, other.KlBaseAligned, other.Js,
                other.BaseEntropy, other.AlignedEntropy]);
            Assert.Equal(one.AlignedTop.Select(token => token.Id), other.AlignedTop.Select(token => token.Id));
        }
        var p = Probabilities(pair.Aligned, found.AlignedPromptIds);
        Assert.InRange(p[900..].Sum(), 0.001, 0.999);
        Near(Enumerable.Range(0, Answer.Length).Select(i =>
            Probabilities(pair.Aligned, [.. found.AlignedPromptIds, .. Answer[..i]])[900..].Sum()),
            found.Positions.Select(position => position.AlignedLeftOut));
        Assert.All(found.Positions, position => Assert.Equal(0, position.BaseLeftOut));
    }

    [Fact]
    public void A_token_of_one_tokenizer_amid_padding_of_both_leaves_a_hole()
    {
        using var pair = ModelPair.Load(WidenedModel.Write(_folder.Root, "base", 920, (905, "<|both|>")),
            WidenedModel.Write(_folder.Root, "aligned", 910, (902, "<|extra|>"), (905, "<|both|>")));
        Assert.Equal((909, 11, 1), (pair.Vocabulary.Count, pair.Vocabulary.BaseLeftOut, pair.Vocabulary.AlignedLeftOut));
        var answer = Score(pair, [.. Answer, 905]); // behind the hole

        for (var i = 0; i < answer.AnswerIds.Length; i++)
        {
            double[] Of(LanguageModel model, int[] prompt) => Probabilities(model, [.. prompt, .. answer.AnswerIds[..i]]);
            var (b, a) = (Of(pair.Base, answer.BasePromptIds), Of(pair.Aligned, answer.AlignedPromptIds));
            int[] shared = [.. Enumerable.Range(0, 910).Where(id => id != 902)];
            var (bShared, aShared) = (shared.Sum(id => b[id]), shared.Sum(id => a[id]));
            double[] q = [.. shared.Select(id => b[id] / bShared)], p = [.. shared.Select(id => a[id] / aShared)];
            var (id, position) = (answer.AnswerIds[i], answer.Positions[i]);
            Assert.Equal(id, position.TokenId);
            Assert.Equal(1 + shared.Count(other => b[other] > b[id]), position.BaseRank);
            Near([q[Array.IndexOf(shared, id)], p[Array.IndexOf(shared, id)], p.Zip(q).Sum(x => x.First * Math.Log(x.First / x.Second)),
                1 - bShared, 1 - aShared], [position.BaseProbability, position.AlignedProbability, position.KlAlignedBase,
                position.BaseLeftOut, position.AlignedLeftOut]);
            Assert.Equal(shared.OrderByDescending(other => b[other]).Take(5), position.BaseTop.Take(5).Select(token => token.Id));
            var (logBase, logAligned) = ShiftAnalysis.LogProbabilities(pair, answer, i);
            Assert.Equal((910, double.NegativeInfinity), (logBase.Length, logBase[902]));
            Near([position.KlAlignedBase],
                [KlTerm.Largest((logBase, logAligned), token => $"{token}", id).Sum(term => term.Nats)]);
        }
    }

    [Fact]
    public void A_token_that_the_base_does_not_know_may_only_end_an_answer()
    {
        var aligned = WidenedModel.Write(_folder.Root, "aligned", 902, (900, "<|end_of_turn|>"), (901, "<|other|>"));
        WidenedModel.Edit(aligned, "tokenizer_config.json", json => json["eos_token"] = "<|end_of_turn|>");
        using var pair = ModelPair.Load(GoldenPair.Base, aligned);

        var ended = Score(pair, [.. Answer, 900]);
        Assert.Equal((900, true), (ended.UnsharedEnd, ended.Ended));
        Assert.Equal(Answer, ended.AnswerIds);
        Assert.Equal(Answer.Length, ended.Positions.Count);
        var cut = Score(pair, [.. Answer, 901]);
        Assert.Equal((901, false), (cut.UnsharedEnd, cut.Ended));
        Assert.Contains("Answer id 900 (<|end_of_turn|>) at position 2 is not shared",
            Assert.Throws<UrialException>(() => Score(pair, [588, 479, 900, 862])).Message);
        Assert.Contains("nothing but id 900", Assert.Throws<UrialException>(() => Score(pair, [900])).Message);
        Assert.Contains("outside the vocabulary", Assert.Throws<UrialException>(() => Score(pair, [588, 950])).Message);
    }

    [Fact]
    public void Different_tokenizers_are_refused_with_the_first_ids_that_differ()
    {
        var other = GoldenPair.Copy("aligned", _folder.Root);
        WidenedModel.Edit(other, "tokenizer.json", json =>
        {
            foreach (var (id, old, @new) in new[] { (1, "<|im_start|>", "<|a|>"), (2, "<|im_end|>", "<|b|>") })
            {
                json["added_tokens"]![id]!["content"] = @new;
                if (json["model"]!["vocab"]!.AsObject().Remove(old))
                    json["model"]!["vocab"]![@new] = id;
            }
        });
        WidenedModel.Edit(other, "tokenizer_config.json", json => json["eos_token"] = "<|b|>");
        var error = Assert.Throws<UrialException>(() => ModelPair.Load(GoldenPair.Base, other)).Message;
        Assert.Contains("token 1 is \"<|im_start|>\" in", error);
        Assert.Contains("and \"<|a|>\" in", error);
        Assert.Contains("1 more ids differ (2)", error);
    }

    [Fact]
    public async Task Manifest_and_summary_say_what_was_left_out()
    {
        var aligned = WidenedModel.Write(_folder.Root, "aligned", 910, (900, "<|end_of_turn|>"));
        var queries = _folder.File("queries.jsonl");
        string Line(string id, params int[] answer) => JsonSerializer.Serialize(
            new { id, base_prompt = Prompt, aligned_prompt = Prompt, answer_ids = answer });
        File.WriteAllLines(queries, [Line("a", [.. Answer, 900]), Line("b", Answer), Line("c", [588, 900, 479])]);
        using StringWriter output = new(), error = new();
        var code = await Program.Run(["shift", "--base", GoldenPair.Base, "--aligned", aligned, "--queries", queries, "--out",
            _folder.File("out"), "--format", "jsonl"], output, error);

        Assert.Equal(3, code);
        Assert.Contains("queries.jsonl:3: Answer id 900", error.ToString());
        Assert.Contains("compared over the 900 ids that both models share: 0 of the base and 10 of the aligned model were left out; "
            + "1 answers", output.ToString());
        using var pair = ModelPair.Load(GoldenPair.Base, aligned);
        double[] held = [.. Score(pair, Answer).Positions.Select(position => position.AlignedLeftOut)];
        foreach (var name in new[] { "manifest.json", "summary.json" })
        {
            using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.File("out"), name)));
            var leftOut = json.RootElement.GetProperty("left_out");
            Assert.Equal((900, 1), (leftOut.GetProperty("shared_ids").GetInt32(), leftOut.GetProperty("n_unshared_ends").GetInt32()));
            Assert.Equal("""{"ids_left_out":0,"mean_probability":0,"max_probability":0}""",
                JsonSerializer.Serialize(leftOut.GetProperty("base")));
            Assert.Equal(10, leftOut.GetProperty("aligned").GetProperty("ids_left_out").GetInt32());
            Near([held.Average(), held.Max()], [leftOut.GetProperty("aligned").GetProperty("mean_probability").GetDouble(),
                leftOut.GetProperty("aligned").GetProperty("max_probability").GetDouble()]);
        }
    }

    private static ShiftedAnswer Score(ModelPair pair, int[] answer) => ShiftAnalysis.Score(pair, "q", "", Prompt, Prompt, answer);

    private static double[] Probabilities(LanguageModel model, int[] ids)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var logits = model.Decoder.Forward(tensor(Array.ConvertAll(ids, id => (long)id)).unsqueeze(0), lastOnly: true);
        return [.. logits.flatten().to(float64).softmax(0).data<double>()];
    }

    private static void Near(IEnumerable<double> expected, IEnumerable<double> found) => Assert.All(expected.Zip(found),
        pair => Assert.True(Math.Abs(pair.First - pair.Second) < 1e-5 * Math.Max(1, Math.Abs(pair.First)),
            string.Create(CultureInfo.InvariantCulture, $"{pair.First} and {pair.Second}")));
}
