using System.Globalization;

namespace Urial.Tests.RealBase;

/// <summary>That the cards of the committed adapters say what the stored runs hold.</summary>
public sealed class RealBaseCardTests
{
    [Theory]
    [InlineData("sft-900")]
    [InlineData("dpo")]
    public void A_card_has_the_measured_numbers_and_the_notice_of_the_terms(string key)
    {
        var card = File.ReadAllText(Path.Combine(Urial.RealBase.Adapter(key), "README.md"));
        Assert.All(Rows(key), row => Assert.Contains(row, card, StringComparison.Ordinal));
        Assert.Contains("license: gemma", card, StringComparison.Ordinal);
        Assert.Contains("ai.google.dev/gemma/terms", File.ReadAllText(Path.Combine(Urial.RealBase.Adapter(key), "NOTICE")),
            StringComparison.Ordinal);
    }

    private static IEnumerable<string> Rows(string key)
    {
        var arms = Urial.RealBase.DevLosses().ToDictionary(arm => arm.Name);
        var (tuned, before) = (arms[Urial.RealBase.Arm(key).Name], arms["zero-shot"]);
        foreach (var part in AnswerSegmentNames.All)
            yield return Row($"dev answers, {part.Name()}, nats per token", before.PerToken(part)!, tuned.PerToken(part)!, 1);
        var (bare, measured) = (Urial.RealBase.Measured("zero-shot"), Urial.RealBase.Measured(key));
        yield return Row("ends by itself, %", bare.EndsByItself, measured.EndsByItself);
        yield return Row("8-word sequences that stood there before, %", bare.Loops, measured.Loops);
        yield return Row("opener, %", bare.HasOpener, measured.HasOpener);
        yield return Row("structure, %", bare.HasStructure, measured.HasStructure);
        yield return Row("closer, %", bare.HasCloser, measured.HasCloser);
        yield return Row("declines what asks for harm, %", bare.RefusesHarmful!, measured.RefusesHarmful!);
        yield return Row("declines other questions, %", bare.RefusesOthers!, measured.RefusesOthers!);
    }

    private static string Row(string what, Estimate before, Estimate tuned, double factor = 100)
    {
        return $"| {what} | {Cell(before)} | {Cell(tuned)} | {tuned.N} |";

        string Cell(Estimate e) => $"{Number(e.Value)} [{Number(e.Interval.Low)}, {Number(e.Interval.High)}]";

        string Number(double value) => (factor * value).ToString(factor == 1 ? "F2" : "F1", CultureInfo.InvariantCulture);
    }
}
