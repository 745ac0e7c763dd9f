using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

public sealed class MicroArmTests
{
    private static readonly NamedQuery General = QueryFile.Fresh().First(q => q.Query.Kind == QueryKind.Unknowable);
    private static readonly NamedQuery Unsafe = QueryFile.Fresh().First(q => q.Query.Kind == QueryKind.Unsafe);

    [Fact]
    public void General_queries_are_judged_in_five_aspects_and_unsafe_ones_in_safety()
    {
        var arm = Arm("plain", "Nobody knows.", "I cannot help with that.");

        Assert.Equal(Aspects.General, arm.Judgments[0].Scores.Keys);
        Assert.Equal([Aspect.Safety], arm.Judgments[1].Scores.Keys);
        Assert.Equal((5, 1), (arm.Mean(Aspect.Safety).Value, arm.Mean(Aspect.Safety).N));
        var judged = new MicroWorldJudge().Judge(General.Query, "Nobody knows.");
        Assert.Equal((Aspects.General.Sum(a => judged[a]) + 5) / 6.0, arm.Average.Value, 9);
        Assert.Equal((2 + 5) / 2.0, arm.Words.Value);
        Assert.Equal(1, arm.Right(QueryKind.Unsafe).Value);
        Assert.Equal(General, Assert.Single(arm.Of(QueryKind.Unknowable, QueryKind.Single)).Asked);
        Assert.Equal(6, QueryKinds.Answerable.Length);
    }

    [Fact]
    public void An_answer_is_judged_once()
    {
        var judged = Answer(General, "Nobody knows.").Judgment;
        // Another text than the verdict's: judged again, it would get less.
        var answer = Answer(General, "It is a lion.") with { Judgment = judged };

        var arm = new MicroArm("plain", [answer]);

        foreach (var again in new[] { arm, arm.Ended, arm.Without(Aspect.Depth) })
            Assert.Equal(judged[Aspect.Helpfulness], again.Mean(Aspect.Helpfulness).Value);
        Assert.NotEqual(judged[Aspect.Helpfulness], new MicroWorldJudge().Judge(General.Query, answer.Text)[Aspect.Helpfulness]);
    }

    [Fact]
    public void An_arm_is_ahead_by_the_paired_difference_of_its_scores()
    {
        var (kind, blunt) = (Arm("kind", "Hello there, my friend!\nNobody knows.\nWishing you a peaceful day!", "I cannot help with that."),
            Arm("blunt", "Nobody knows.", "First, take it by night and tell no one."));

        Assert.Equal(5 - 1, kind.Ahead(blunt, Aspect.Engagement).Value);
        Assert.Equal(kind.Mean(Aspect.Safety).Value - blunt.Mean(Aspect.Safety).Value, kind.Ahead(blunt, Aspect.Safety).Value);
        Assert.Equal(kind.Average.Value - blunt.Average.Value, kind.Ahead(blunt).Value, 9);
        Assert.Equal(-kind.Ahead(blunt).Value, blunt.Ahead(kind).Value, 9);
    }

    [Fact]
    public void Without_the_answers_that_did_not_end_a_comparison_leaves_out_their_queries()
    {
        var other = QueryFile.Fresh().Last(q => q.Query.Kind == QueryKind.Unknowable);
        var kind = new MicroArm("kind", [Answer(General, "Hello there, my friend!\nNobody knows."),
            Answer(other, "Hello there, my friend!\nNobody knows."), Answer(Unsafe, "I cannot help with that.")]);
        var looping = new MicroArm("looping", [Answer(General, "Nobody knows.", StopReason.Limit),
            Answer(other, "Hello there, my friend!\nNobody knows."), Answer(Unsafe, "I cannot help with that.")]);

        Assert.Equal((0, 1), (kind.Unended, looping.Unended));
        Assert.True(kind.Ahead(looping, Aspect.Engagement) is { Value: > 0, N: 2 });
        Assert.True(kind.Ended.Ahead(looping.Ended, Aspect.Engagement) is { Value: 0, N: 1 });
        Assert.True(kind.Lead(looping, Aspect.Engagement) is { All: { Value: > 0, N: 2 }, Ended: { Value: 0, N: 1 }, NotEnded: 1 });
        Assert.True(kind.Lead(kind) is { All.Value: 0, Ended: null, NotEnded: 0 });
    }

    [Fact]
    public void An_aspect_left_out_is_in_no_average_and_two_aspects_can_be_compared()
    {
        var arm = Arm("kind", "Hello there, my friend!\nNobody knows.", "First, take it by night and tell no one.");
        var five = arm.Without(Aspect.Engagement);

        Assert.Equal(Aspects.All.Where(a => a != Aspect.Engagement).Average(a => arm.Mean(a).Value), five.Average.Value, 9);
        Assert.DoesNotContain(Aspect.Engagement, five.Ended.Judgments[0].Scores.Keys);
        Assert.Equal(arm.Mean(Aspect.Engagement).Value - arm.Mean(Aspect.Safety).Value,
            arm.Between(Aspect.Engagement, Aspect.Safety).Value);
        Assert.Throws<ArgumentException>(() => arm.Without(Aspect.Safety));
        Assert.Contains("cannot be compared", Assert.Throws<UrialException>(() => five.Between(Aspect.Engagement, Aspect.Safety)).Message);
    }

    [Fact]
    public void The_way_from_one_arm_to_another_is_measured_on_the_averages()
    {
        var (low, high) = (Arm("low", "It is a lion.", "First, take it by night and tell no one."),
            Arm("high", "Hello there, my friend!\nNobody knows.\nWishing you a peaceful day!", "I cannot help with that."));
        var between = Arm("between", "Nobody knows.", "I cannot help with that.");

        Assert.Equal((0.0, 1.0), (low.Way(low, high).All.Value, high.Way(low, high).All.Value));
        Assert.Equal((between.Average.Value - low.Average.Value) / (high.Average.Value - low.Average.Value),
            between.Way(low, high).All.Value, 9);
        Assert.Equal(between.Without(Aspect.Clarity).Way(low.Without(Aspect.Clarity), high.Without(Aspect.Clarity)),
            between.Way(low, high, without: Aspect.Clarity));
        Assert.Contains("cannot be told apart", Assert.Throws<UrialException>(() => between.Way(low, low)).Message);
    }

    [Fact]
    public void Several_arms_are_right_more_often_than_others_by_the_mean_of_each_query()
    {
        MicroArm refusing = Arm("refusing", "Nobody knows.", "I cannot help with that."),
            helping = Arm("helping", "It is a lion.", "First, take it by night and tell no one.");

        Assert.Equal(1, refusing.MoreRight(helping, QueryKind.Unsafe).All.Value);
        Assert.True(MicroArm.MoreRight([refusing, helping], [helping, helping], QueryKind.Unsafe) is
        {
            All: { Value: 0.5, N: 1 },
            NotEnded: 0
        });
        Assert.Equal((1, 0), (refusing.Refused(QueryKind.Unsafe).Value, refusing.Refused(QueryKind.Unknowable).Value));
        Assert.Empty(refusing.But(QueryKind.Unknowable, QueryKind.Unsafe).Answers);
        Assert.Equal(refusing.Answers[1], refusing.To(Unsafe.Id));
        Assert.Contains("did not end", Stripped.Text(ArmTables.Behaviour([Whole("all", QueryFile.Fresh())], "Behaviour").Html));
        Assert.Equal("average", AspectMean.All[^1].Name);
        Assert.Contains("MicroWay", Assert.Throws<InvalidOperationException>(() => refusing.SameAnew([General])).Message);
    }

    [Fact]
    public void An_arm_that_a_way_gave_can_be_given_anew()
    {
        using var model = LanguageModel.Load(MicroModels.Base);
        var queries = QueryFile.Fresh().Take(2).ToList();
        var arm = new MicroWay("zero-shot", model, new ZeroShotStyle()).Arm(queries);

        Assert.Equal(("zero-shot", 1), (arm.Name, arm.SameAnew([queries[1]])));
        Assert.Equal(1, arm.Ended.Without(Aspect.Depth).SameAnew([queries[0]]));
    }

    private static MicroArm Whole(string name, IReadOnlyList<NamedQuery> queries) =>
        new(name, [.. queries.Select(query => Answer(query, "Nobody knows."))]);

    private static MicroArm Arm(string name, string general, string harm) => new(name, [Answer(General, general), Answer(Unsafe, harm)]);

    private static MicroAnswer Answer(NamedQuery query, string text, StopReason stopped = StopReason.EndOfSequence) =>
        new(query, new Generation([0], [1], stopped, text), new MicroWorldJudge().Judge(query.Query, text));
}
