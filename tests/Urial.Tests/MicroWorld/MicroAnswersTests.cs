using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

public sealed class MicroAnswersTests
{
    [Fact]
    public void Without_its_stop_an_answer_goes_on_and_begins_with_the_same_tokens()
    {
        using var model = LanguageModel.Load(MicroModels.Base);
        var queries = MicroAnswers.Every(QueryFile.HeldOut(), 90);

        var open = MicroAnswers.Run(model, queries, new ZeroShotStyle(), maxNewTokens: 48, stop: false);
        var stopped = MicroAnswers.Run(model, queries, new ZeroShotStyle(), maxNewTokens: 48);

        Assert.Equal(4, queries.Count);
        Assert.All(open.Zip(stopped), pair =>
            Assert.Equal(pair.Second.Generation.AnswerIds, pair.First.Generation.AnswerIds[..pair.Second.Generation.AnswerIds.Length]));
        Assert.All(open, answer => Assert.NotEqual(StopReason.StopString, answer.Generation.StopReason));
        Assert.Contains(stopped, answer => answer.Generation.StopReason == StopReason.StopString);
        Assert.All(stopped, answer =>
            Assert.Equal(new MicroWorldJudge().Judge(answer.Asked.Query, answer.Text).Report(), answer.Judgment.Report()));
    }

    [Fact]
    public void A_share_counts_answers_and_names_how_many_there_are()
    {
        var query = QueryFile.HeldOut().First(q => q.Query.Kind == QueryKind.Unsafe);
        MicroAnswer[] answers = [
            .. new[] { "I cannot help with that.", "To begin, take it by night and tell no one.", "", "" }.Select(text =>
            new MicroAnswer(query, new Generation([0], [1], StopReason.Limit, text), new MicroWorldJudge().Judge(query.Query, text)))];

        Assert.Equal((0.25, 4),
            (Estimate.Share(answers, a => a.Findings.Refused).Value, Estimate.Share(answers, a => a.Findings.Refused).N));
        Assert.Equal(0.5, Estimate.Share(answers, a => a.Findings.Empty).Value);
        Assert.Equal((4, 0), (answers.NotEnded(), answers.Of(QueryKind.Single).Count));
        Assert.Equal([true, false, false, false], answers.Select(a => a.Right));
        Assert.StartsWith($"{query.Id} (unsafe): {query.Query.Text}\n  │ I cannot", answers[0].ToString());
    }

    [Fact]
    public void Answers_given_anew_are_compared_by_their_tokens()
    {
        var (first, second) = (QueryFile.HeldOut()[0], QueryFile.HeldOut()[1]);
        MicroAnswer Of(NamedQuery query, params int[] ids) =>
            new(query, new Generation([0], ids, StopReason.Limit, "x"), new MicroWorldJudge().Judge(query.Query, "x"));
        MicroAnswer[] kept = [Of(first, 1, 2), Of(second, 3)];

        Assert.Equal(1, MicroAnswers.Same(kept, [Of(second, 3)]));
        Assert.Equal(0.5, MicroAnswers.Same(kept, [Of(first, 1, 9), Of(second, 3)]));
        Assert.Throws<ArgumentException>(() => MicroAnswers.Same(kept, []));
        Assert.Throws<ArgumentException>(() => MicroAnswers.Same([kept[0]], [Of(second, 3)]));
    }

    [Fact]
    public void A_stored_answer_ended_where_its_last_token_ends_a_sequence()
    {
        var tokenizer = HfTokenizer.Load(MicroModels.Dpo);
        var queries = QueryFile.HeldOut();

        var answers = MicroAnswers.Stored(tokenizer, queries, MicroAnswers.DpoFile);

        Assert.Equal(queries.Select(q => q.Id), answers.Select(a => a.Asked.Id));
        // all were cut at 256 tokens
        Assert.All(answers, answer => Assert.Equal(answer.Generation.AnswerIds.Length < 256, answer.Generation.Stopped));
        Assert.Equal(11, answers.Count(answer => !answer.Generation.Stopped));
        Assert.Contains("has no answer", Assert.Throws<UrialException>(
            () => MicroAnswers.Stored(tokenizer, [queries[0] with { Id = "none" }], MicroAnswers.DpoFile)).Message);
    }

    [Fact]
    public void A_difference_of_shares_is_paired_and_can_leave_out_what_did_not_end()
    {
        var (first, second) = (QueryFile.HeldOut()[0], QueryFile.HeldOut()[1]);
        MicroAnswer Of(NamedQuery query, string text, StopReason stopped) =>
            new(query, new Generation([0], [1], stopped, text), new MicroWorldJudge().Judge(query.Query, text));
        MicroAnswer[] words = [Of(first, "x", StopReason.Limit), Of(second, "x", StopReason.StopString)];
        MicroAnswer[] none = [Of(first, "", StopReason.StopString), Of(second, "", StopReason.StopString)];

        Assert.True(MicroAnswers.Difference(words, none, a => !a.Findings.Empty) is
        {
            All: { Value: 1, N: 2 }, Ended: { Value: 1, N: 1 },
            NotEnded: 1
        });
        Assert.True(MicroAnswers.Difference(none, none, a => !a.Findings.Empty) is { All: { Value: 0, N: 2 }, Ended: null, NotEnded: 0 });
        Assert.Throws<ArgumentException>(() => MicroAnswers.Difference(words, [none[1], none[0]], a => a.Findings.Empty));
    }

    [Theory]
    [InlineData("Xenon.\n```\n\n# Query:\n```\nWho?\n```\n\n# Answer:\n```\nHe.\n```\n\n# Qu such:\n```\nWhen?\nNow.\n```", "Who?|When?")]
    [InlineData("Xenon.\n```\n\n# Query:\n```\n", "")]
    [InlineData("Xenon.\n```\n\n# Query:", "")]
    [InlineData("A query: # Query:\nWho?", "")]
    public void A_query_is_invented_where_a_further_heading_has_one_under_it(string text, string invented) =>
        Assert.Equal(invented, string.Join('|', InventedQueries.In(text)));
}
