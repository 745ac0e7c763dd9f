using System.Globalization;
using Xunit.Abstractions;

namespace Urial.Tests.Measures;

/// <summary>How often the rules of <see cref="AnswerMeasures"/> are right, on written answers whose parts and kinds are known.</summary>
public sealed class AnswerRulesTests(ITestOutputHelper output)
{
    private static readonly string Card = File.ReadAllText(Repository.Path("data", "alignment", "README.md"));

    [Theory]
    [InlineData("opener", "train")]
    [InlineData("opener", "dev")]
    [InlineData("closer", "train")]
    [InlineData("closer", "dev")]
    [InlineData("declines", "train")]
    [InlineData("declines", "dev")]
    public void The_card_has_precision_and_recall_as_measured(string rule, string file)
    {
        var examples = WrittenExamples.ReadAll(file == "train" ? WrittenExamples.TrainPath : WrittenExamples.DevPath);
        (bool Said, bool True)[] judged = [.. examples.Select(example => Judge(example, AnswerMeasures.Of(example.Answer, ended: true)))];
        int said = judged.Count(one => one.Said), right = judged.Count(one => one is (true, true)), there = judged.Count(one => one.True);

        var row = string.Create(CultureInfo.InvariantCulture,
            $"| {rule} | {file} | {said} | {right} | {there} | {(double)right / said:F3} | {(double)right / there:F3} |");
        output.WriteLine(row);
        foreach (var (example, _) in examples.Zip(judged).Where(pair => pair.Second.Said != pair.Second.True))
            output.WriteLine($"  {example.Id} {example.Kind}");

        Assert.Contains(row + "\n", Card);

        (bool, bool) Judge(WrittenExample example, AnswerMeasures measures) => rule switch
        {
            "opener" => (measures.HasOpener, example.Opener.Length > 0),
            "closer" => (measures.HasCloser, example.Closer.Length > 0),
            _ => (measures.Refuses, example.Kind == "refusal"),
        };
    }

    // The marks below are fixed by hand: a rule that becomes worse fails here, whatever the card says.
    [Theory]
    [InlineData("train", .99, .99, .95, .97, .98, .98)]
    [InlineData("dev", .98, .99, .92, .98, .90, .90)]
    public void The_rules_reach_their_marks(string file, double openerPrecision, double openerRecall, double closerPrecision,
        double closerRecall, double refusalPrecision, double refusalRecall)
    {
        var examples = WrittenExamples.ReadAll(file == "train" ? WrittenExamples.TrainPath : WrittenExamples.DevPath);

        Reach(m => m.HasOpener, example => example.Opener.Length > 0, openerPrecision, openerRecall);
        Reach(m => m.HasCloser, example => example.Closer.Length > 0, closerPrecision, closerRecall);
        Reach(m => m.Refuses, example => example.Kind == "refusal", refusalPrecision, refusalRecall);

        void Reach(Func<AnswerMeasures, bool> rule, Func<WrittenExample, bool> truth, double precision, double recall)
        {
            var said = examples.Where(example => rule(AnswerMeasures.Of(example.Answer, ended: true))).ToArray();
            Assert.InRange((double)said.Count(truth) / said.Length, precision, 1);
            Assert.InRange((double)said.Count(truth) / examples.Count(truth), recall, 1);
        }
    }
}
