namespace Urial.Tests.Models;

public sealed class PrefixSpeedTests
{
    [Fact]
    public void Tokens_are_counted_both_ways_and_the_answers_agree()
    {
        using var model = LanguageModel.Load(Repository.Path("tests", "golden", "shift", "base"));
        int[] common = [.. Enumerable.Range(0, 40).Select(i => (7 * i + 3) % model.Config.VocabularySize)];
        int[][] prompts = [[.. common, 1, 2], [.. common, 3], [.. common, 4, 5, 6]];

        var speed = PrefixSpeed.Measure(model, prompts, newTokens: 3, repeats: 1);

        Assert.Equal((3, 40, 6, 46, 126, true),
            (speed.Prompts, speed.SharedTokens, speed.OwnTokens, speed.ReadShared, speed.ReadWhole, speed.SameAnswers));
        Assert.True(speed.Shared > TimeSpan.Zero && speed.Whole > TimeSpan.Zero);
        Assert.Equal(speed.Whole / speed.Shared, speed.Ratio);
        Assert.Throws<UrialException>(() => PrefixSpeed.Measure(model, [common]));
    }
}
