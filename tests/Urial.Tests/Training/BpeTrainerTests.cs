using Urial.MicroWorld;

namespace Urial.Tests.Training;

public sealed class BpeTrainerTests
{
    [Fact]
    public void Merges_the_most_frequent_pair_first()
    {
        var trainer = new BpeTrainer();
        trainer.Add("abab abab abc");
        var (vocabulary, merges) = trainer.Train(256 + 1 + 2, ["<end>"]);
        Assert.Equal(("a", "b"), merges[0]); // 5 times; every other pair less often
        Assert.Equal("ab", vocabulary[257]);
        Assert.Equal(259, vocabulary.Count);
        Assert.Equal("<end>", vocabulary[0]);
    }

    [Fact]
    public void The_order_of_the_text_does_not_matter()
    {
        BpeTrainer one = new(), other = new();
        string[] lines = ["the lion eats meat", "the tiger eats meat", "a lion is no tiger"];
        foreach (var line in lines) one.Add(line);
        foreach (var line in lines.Reverse()) other.Add(line);
        Assert.Equal(one.Train(290, ["<end>"]).Merges, other.Train(290, ["<end>"]).Merges);
    }

    [Fact]
    public void Stops_when_no_pair_occurs_twice()
    {
        var trainer = new BpeTrainer();
        trainer.Add("xyz");
        Assert.Empty(trainer.Train(300, []).Merges);
    }

    [Fact]
    public void Refuses_a_vocabulary_without_room_for_bytes() =>
        Assert.Throws<ArgumentException>(() => new BpeTrainer().Train(100, []));
}
