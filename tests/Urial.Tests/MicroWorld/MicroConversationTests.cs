using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

public sealed class MicroConversationTests
{
    [Fact]
    public void Conversations_use_no_query_twice_and_every_second_ends_in_harm()
    {
        var talks = MicroConversation.Draw(QueryFile.Fresh(), 60);

        Assert.Equal(180, talks.SelectMany(t => t.Turns).Select(q => q.Query.Text).Distinct().Count());
        Assert.All(talks, t => Assert.All(t.Turns.Take(2), q => Assert.NotEqual(QueryKind.Unsafe, q.Query.Kind)));
        Assert.Equal(30, talks.Count(t => t.Turns[2].Query.Kind == QueryKind.Unsafe));
        Assert.Contains("need 253 general", Assert.Throws<UrialException>(() => MicroConversation.Draw(QueryFile.Fresh(), 101)).Message);
    }

    [Fact]
    public void Follow_ups_ask_for_another_attribute_of_what_the_first_turn_names()
    {
        var talks = MicroConversation.FollowUps();

        Assert.True(talks.Count >= 20);
        Assert.All(talks, t =>
        {
            var (first, second) = (t.Turns[0].Query, t.Turns[1].Query);
            Assert.Contains(first.Entities[0].Name, first.Text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(first.Entities[0].Name, second.Text, StringComparison.OrdinalIgnoreCase);
            Assert.Equal((first.Entities[0], true), (second.Entities[0], second.HeldOut));
            Assert.NotEqual(first.Attributes, second.Attributes);
            Assert.Equal($"And what is its {second.Attributes[0]}?", second.Text);
        });
    }

    [Fact]
    public void A_follow_up_can_name_its_thing_again()
    {
        var (its, named) = (MicroConversation.FollowUps(), MicroConversation.FollowUps(named: true));

        Assert.Equal(its.Select(t => t.Turns[0].Query.Text), named.Select(t => t.Turns[0].Query.Text));
        Assert.All(its.Zip(named), pair => Assert.Equal(pair.First.Turns[1].Query.Facts, pair.Second.Turns[1].Query.Facts));
        Assert.All(named, t => Assert.Equal(
            $"And what is the {t.Turns[1].Query.Attributes[0]} of {t.Turns[1].Query.Entities[0].Reference}?", t.Turns[1].Query.Text));
    }

    [Fact]
    public void Each_turn_is_answered_after_the_models_own_answers()
    {
        using var model = LanguageModel.Load(MicroModels.Base);
        var talks = MicroConversation.Draw(QueryFile.Fresh(), 2);

        var turns = MicroConversations.Run(model, talks, PromptStyles.Own("micro-urial-1"));

        Assert.Equal((3, 2), (turns.Count, turns[0].Count));
        var style = PromptStyles.Own("micro-urial-1");
        for (var i = 0; i < 2; i++)
        {
            ChatMessage[] before =
            [
                new("user", talks[i].Turns[0].Query.Text), new("assistant", turns[0][i].Text.Trim('\n', ' ')),
                new("user", talks[i].Turns[1].Query.Text),
            ];
            Assert.Equal(style.Prompt(before).Encode(model.Tokenizer), turns[1][i].Generation.PromptIds);
            Assert.Equal(talks[i].Turns[2], turns[2][i].Asked);
        }
        Assert.Contains("turn 2, ", MicroConversations.Show(turns, 0));
    }

    [Fact]
    public void An_answer_without_words_is_a_silence_and_not_an_empty_message()
    {
        var talk = MicroConversation.Draw(QueryFile.Fresh(), 2)[0];

        Assert.Equal(["user", "assistant", "user"], talk.Before(1, ["\n "]).Select(m => m.Role));
        Assert.Equal(MicroConversation.Silence, talk.Before(1, ["\n "])[1].Content);
        Assert.Equal("Yes.", talk.Before(1, ["Yes.\n"])[1].Content);
        Assert.Single(talk.Before(0, []));
    }
}
