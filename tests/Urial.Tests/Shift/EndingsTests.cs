using System.Text.Json;
using Urial.Cli;

namespace Urial.Tests.Shift;

/// <summary>Answers that did not end, counted apart.</summary>
public sealed class EndingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-endings-");

    // Negative: an end-of-sequence token of that rank. Two that ended, mostly shifted; one loop, long and unshifted.
    private static readonly IReadOnlyList<ShiftedAnswer> Some =
        [Made.Ranks("a", 9, 9, 1, -9), Made.Ranks("b", 1, 9, 9, -9), Made.Ranks("loop", [9, 9, .. Enumerable.Repeat(1, 30)])];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void An_answer_ended_by_its_last_token_or_as_it_is_told()
    {
        Assert.Equal([true, true, false], Some.Select(answer => answer.Ended));
        Assert.Equal((2, 1), (Some.ThatEnded().Count, Some.NotEnded()));
        Assert.True((Some[2] with { Ended = true }).Ended); // on a stop string
        Assert.False(Made.Ranks("x", -5, 3).Ended);         // an end token in the middle ends nothing
        // A part of an answer ended where the whole did, though its own last token is another.
        Assert.True(Some[0].Only((_, i) => i < 2)!.Ended);
        Assert.False(Some[2].Only((_, i) => i < 2)!.Ended);
    }

    [Fact]
    public void Text_tokenised_anew_and_the_control_end_where_the_answers_do()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);
        var answers = ShiftAnalysis.Run(pair,
            [ShiftQuery.Verbatim("ended", "x", "y", [588, 479, 2]), ShiftQuery.Verbatim("cut", "x", "y", [588, 479])]);

        Assert.Equal([true, false], answers.Select(a => a.Ended));
        Assert.Equal([true, false], PromptControl.Of(pair, answers).Select(a => a.Ended));
        Assert.Equal([true, false], ShiftAnalysis.Retokenised(pair, answers).Select(a => a.Ended));
    }

    [Fact]
    public void A_number_is_given_both_ways()
    {
        var shifted = BothWays.Of(Some, some => new ShiftTable(some).Summary().Micro.Shifted);

        Assert.Equal((8 / 40.0, 6 / 8.0, 1), (shifted.All.Value, shifted.Ended!.Value, shifted.NotEnded));
        Assert.Equal(3, shifted.All.N);
        Assert.Equal(2, shifted.Ended.N);
        Assert.Contains("; without the 1 that did not end 0.750", shifted.ToString());
        Assert.Null(BothWays.Of(Some.ThatEnded(), some => new ShiftTable(some).Summary().Micro.Shifted).Ended);
        Assert.Equal(1, new ShiftTable(Some).Summary().NotEnded);
        Assert.Equal(shifted, BothWays.Share(Some, p => p.IsShifted));
        Assert.Equal(BothWays.Of(Some, some => new ShiftTable(some).Summary(withEos: false).MeanBaseRank),
            BothWays.Mean(Some, p => p.BaseRank, withEos: false));
        Assert.True(BothWays.Of(shifted.All, shifted.Ended) == shifted
            && BothWays.Of(shifted.All, shifted.All) is { Ended: null, NotEnded: 0 });
    }

    [Fact]
    public void Pairs_are_kept_where_both_ended()
    {
        ShiftedAnswer[] other = [Made.Ranks("a", 1, 1, 1), Made.Ranks("b", 1, 1, 1, -9), Made.Ranks("loop", 1, -9)];

        var less = BothWays.Of(Some, other, (first, second) => ShiftComparison.Of(first, second).Micro.Shifted);

        Assert.Equal((2, 1, 3), (less.NotEnded, less.Ended!.N, less.All.N));
        Assert.Equal(3 / 4.0 - 1 / 4.0, less.Ended.Value, 12);
    }

    [Fact]
    public void A_verdict_that_the_loops_decide_is_cannot_tell()
    {
        Estimate Around(double value, int n) => new(value, new Interval(value - 0.02, value + 0.02, 0.95), n);
        var one = new BothWays(Around(0.54, 360), Around(0.50, 349), 11);

        var claim = PaperClaim.Above("most", one, 0.5);

        Assert.Equal(Verdict.CannotTell, claim.Verdict);
        Assert.Equal(
            "most (above 0.5): measured 0.540 [0.520, 0.560], n = 360; without the 11 that did not end 0.500 [0.480, 0.520], n = 349 → "
                + "cannot tell (it depends on the answers that did not end)",
            claim.ToString());
        Assert.Equal(Verdict.Agrees, PaperClaim.Above("most", Around(0.54, 360), 0.5).Verdict);
        Assert.Equal(Verdict.Agrees, PaperClaim.Above("some", one, 0.4).Verdict);
        Assert.Equal(Verdict.Differs, PaperClaim.Below("few", one, 0.4).Verdict);
        Assert.Equal(Verdict.CannotTell, PaperClaim.Between("half", one, 0.47, 0.53).Verdict); // the one differs not, the other agrees
        Assert.Equal(Verdict.CannotTell, PaperClaim.Above("most", new BothWays(Around(0.9, 5), null, 5), 0.5).Verdict); // none ended
    }

    [Fact]
    public void Tables_of_shares_say_with_and_without()
    {
        var rows = ShareRow.WithControl("pair", Some, Some);

        Assert.Equal(
            ["pair", "pair: prompt alone", "pair: difference", "pair, ended only", "pair, ended only: prompt alone",
                "pair, ended only: difference"],
            rows.Select(row => row.Name));
        Assert.Equal((0.2, 0.75), (rows[0].Share(ShiftClass.Shifted), rows[3].Share(ShiftClass.Shifted)));
        Assert.Equal((1, 0), (rows[0].NotEnded, rows[3].NotEnded));
        Assert.Contains("not ended", Tables.Shares(rows).ToString());
        var whole = ShareRow.WithControl("pair", Some.ThatEnded(), Some.ThatEnded());
        Assert.Equal(3, whole.Count);
        Assert.DoesNotContain("not ended", Tables.Shares(whole).ToString());
    }

    [Fact]
    public void Groups_have_a_second_row_where_one_of_their_answers_did_not_end()
    {
        var rows = ShareRow.ByGroup(Some, (a, i) => a.Positions[i].IsEos ? "end" : "words", ["words", "end"]);

        Assert.Equal(["words", "words, ended only", "end"], rows.Select(row => row.Name));
        Assert.Equal(4 / 6.0, rows[1].Share(ShiftClass.Shifted), 12);
    }

    [Fact]
    public void Two_groups_are_set_against_each_other()
    {
        var less = ShiftGroups.Difference(Some.ThatEnded(), ShiftClass.Shifted, (a, i) => a.Positions[i].IsEos, (a, i) => i == 0);

        Assert.Equal(2 / 2.0 - 1 / 2.0, less.Value, 12);
        Assert.Throws<ArgumentException>(() => ShiftGroups.Difference(Some, ShiftClass.Shifted, (_, _) => true, (_, _) => false));
    }

    [Fact]
    public void Curves_have_a_line_of_the_answers_that_ended()
    {
        Assert.Equal(["KL", "prompt alone", "KL, ended only"],
            Curve.WithControl("KL", Some, Some, p => p.KlAlignedBase, atLeast: 1).Select(curve => curve.Name));
        Assert.Equal(["KL", "prompt alone"],
            Curve.WithControl("KL", Some.ThatEnded(), Some.ThatEnded(), p => p.KlAlignedBase, atLeast: 1).Select(curve => curve.Name));
    }

    [Fact]
    public async Task The_command_counts_them_apart_and_keeps_the_fields_that_were_there()
    {
        var (output, summary, manifest) = await Shift(
            """{"id": "ended", "base_prompt": "x", "aligned_prompt": "y", "answer_ids": [588, 479, 2]}""",
            """{"id": "cut", "base_prompt": "x", "aligned_prompt": "y", "answer_ids": [588, 479, 588, 479, 588]}""");

        var side = summary.GetProperty("with_eos");
        Assert.Equal((8, 2, 1), (side.GetProperty("n_positions").GetInt32(), side.GetProperty("n_answers").GetInt32(),
            side.GetProperty("n_not_ended").GetInt32()));
        var ended = side.GetProperty("ended_only");
        Assert.Equal((3, 1), (ended.GetProperty("n_positions").GetInt32(), ended.GetProperty("n_answers").GetInt32()));
        Assert.Equal(
            side.EnumerateObject().Select(field => field.Name).Except(["n_not_ended", "ended_only"]),
            ended.EnumerateObject().Select(field => field.Name));
        Assert.Equal(2, summary.GetProperty("without_eos").GetProperty("ended_only").GetProperty("n_positions").GetInt32());
        Assert.Equal(["cut"], manifest.GetProperty("not_ended").EnumerateArray().Select(id => id.GetString()));
        Assert.Contains("1 of 2 answers did not end", output);
        Assert.Contains("3 positions of 1 answers that ended, with end-of-sequence tokens", output);
    }

    [Fact]
    public async Task Where_none_ended_there_are_no_numbers_without()
    {
        var (output, summary, _) = await Shift("""{"id": "cut", "base_prompt": "x", "aligned_prompt": "y", "answer_ids": [588, 479]}""");

        var ended = summary.GetProperty("with_eos").GetProperty("ended_only");
        Assert.Equal(0, ended.GetProperty("n_answers").GetInt32());
        Assert.Equal(JsonValueKind.Null, ended.GetProperty("mean_base_rank").ValueKind);
        Assert.Contains("1 of 1 answers did not end", output);
        Assert.DoesNotContain("that ended,", output);
    }

    private async Task<(string Output, JsonElement Summary, JsonElement Manifest)> Shift(params string[] lines)
    {
        var queries = Path.Combine(_folder.FullName, "queries.jsonl");
        File.WriteAllLines(queries, lines);
        using StringWriter output = new(), error = new();
        Assert.Equal(0, await Program.Run(["shift", "--base", GoldenPair.Base, "--aligned", GoldenPair.Aligned, "--queries", queries,
            "--out", _folder.FullName], output, error));
        return (output.ToString(), Json("summary.json"), Json("manifest.json"));

        JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.FullName, name))).RootElement;
    }
}
