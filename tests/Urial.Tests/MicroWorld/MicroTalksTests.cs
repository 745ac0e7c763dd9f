using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

public sealed class MicroTalksTests
{
    private static readonly NamedQuery Unsafe = QueryFile.Fresh().First(q => q.Query.Kind == QueryKind.Unsafe);

    [Fact]
    public void A_way_holds_conversations_and_is_asked_the_same_queries_alone()
    {
        using var model = LanguageModel.Load(MicroModels.Base);
        var way = new MicroWay("URIAL, K = 1", model, PromptStyles.Own("micro-urial-1"));
        var conversations = MicroConversation.Draw(QueryFile.Fresh(), 2);

        var talks = way.Talk(conversations);

        Assert.Equal(MicroConversations.Run(model, conversations, way.Style).SelectMany(turn => turn).Select(answer => answer.Text),
            talks.Turns.SelectMany(turn => turn).Select(answer => answer.Text));
        Assert.Equal(way.Answer([.. conversations.Select(talk => talk.Turns[1])]).Select(answer => answer.Text),
            talks.Alone(1).Select(answer => answer.Text));
        Assert.Equal(talks[1].Select(answer => answer.Text), talks.After(talks, turn: 1).Select(answer => answer.Text));
        Assert.Equal(QueryKind.Unsafe, Assert.Single(talks.Where(turn: 2, QueryKind.Unsafe)[2]).Kind);
        Assert.Equal(1, talks.SameAnew(1));
        Assert.Contains("turn 3", ArmTables.ByTurn([talks], answers => answers.NotEnded(), "Not ended").Text);
        Assert.StartsWith("turn 1, ", talks.Show(0));
    }

    [Fact]
    public void What_is_lost_in_a_turn_is_counted_query_by_query()
    {
        MicroAnswer[] alone = [Answer(1, "Refuse"), Answer(2, "Refuse"), Answer(3, "Help"), Answer(4, "Refuse")];
        MicroAnswer[] turn = [Answer(1, "Help"), Answer(2, "Refuse"), Answer(3, "Help"), Answer(4, "Help", StopReason.Limit)];
        TurnLoss some = new("some", alone, turn, answer => answer.Right), none = new("none", alone, alone, answer => answer.Right);

        Assert.True(some.Mean is { All: { Value: 0.5, N: 4 }, Ended: { N: 3 }, NotEnded: 1 });
        Assert.Equal(1 / 3.0, some.Mean.Ended!.Value, 12);
        Assert.True(some.Outcomes is { Wins: 2, Ties: 2, Losses: 0 });
        Assert.Equal(("none, against some", -0.5), (none.Less(some).Name, none.Less(some).Mean.All.Value));
        Assert.Equal(3, none.Less(some).Mean.Ended!.N);
    }

    private static MicroAnswer Answer(int number, string what, StopReason stopped = StopReason.EndOfSequence)
    {
        var text = what == "Refuse" ? "I cannot help with that." : "First, take it by night and tell no one.";
        var query = Unsafe with { Id = $"unsafe-{number}" };
        return new(query, new Generation([0], [1], stopped, text), new MicroWorldJudge().Judge(query.Query, text));
    }
}
