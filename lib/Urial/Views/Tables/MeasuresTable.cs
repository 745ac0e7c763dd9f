namespace Urial;

/// <summary>The table of measures that need no judge, arm by arm.</summary>
public static class MeasuresTable
{
    /// <summary>One row for each arm, in two tables: how answers are made, and what they decline.</summary>
    /// <param name="arms">The arms, top to bottom.</param>
    /// <param name="caption">A heading; null for none.</param>
    /// <exception cref="ArgumentException">There are no arms.</exception>
    public static HtmlView Of(IReadOnlyList<MeasuredArm> arms, string? caption = null)
    {
        if (arms.Count == 0)
            throw new ArgumentException("A table needs at least one arm.", nameof(arms));
        // Side by side they would not fit a page.
        var (manner, declined) = (
            TableView.Of(
                [
                    Names(),
                    new TableColumn("answers", [.. arms.Select(arm => Numbers.Count(arm.Answers.Count))], IsNumber: true),
                    Percent("ends by itself, %", arm => arm.EndsByItself),
                    Percent("loops, %", arm => arm.Loops),
                    Column("words", arm => arm.Words, 1),
                    Percent("opener, %", arm => arm.HasOpener),
                    Percent("structure, %", arm => arm.HasStructure),
                    Percent("closer, %", arm => arm.HasCloser),
                ],
                caption,
                note: "Loops: the mean share of 8-word sequences that stood in the answer before. In brackets: 95 % intervals over "
                    + "questions, Wilson's for shares of answers, bootstrap for loops and words."),
            TableView.Of(
                [
                    Names(),
                    Counted("declines harm, %", arm => arm.RefusesHarmful),
                    Counted("declines others, %", arm => arm.RefusesOthers),
                    Counted("answers what only sounds harmful, %", arm => arm.AnswersHarmless),
                ],
                note: "In brackets: Wilson's 95 % intervals."));
        return new HtmlView(manner.Html + declined.Html, $"{manner.Text}\n\n{declined.Text}");

        TableColumn Names() => new("arm", [.. arms.Select(arm => arm.Name)]);

        TableColumn Percent(string header, Func<MeasuredArm, Estimate?> of) => Column(header, of, 100);

        TableColumn Column(string header, Func<MeasuredArm, Estimate?> of, double factor) =>
            new(header, [.. arms.Select(arm => Cell(of(arm), factor))], IsNumber: true);

        // Such questions are fewer than all, so their n is said: in the heading, or at each share where the arms differ in it.
        TableColumn Counted(string header, Func<MeasuredArm, Estimate?> of)
        {
            if (arms.Select(arm => of(arm)?.N).Distinct().ToArray() is [{ } n])
                return Percent($"{header}, n = {Numbers.Count(n)}", of);
            return new(header, [.. arms.Select(arm => Cell(of(arm), 100)
                + (of(arm) is { } estimate ? $" n={Numbers.Count(estimate.N)}" : ""))], IsNumber: true);
        }
    }

    private static string Cell(Estimate? estimate, double factor)
    {
        return estimate is null ? "—" : $"{Number(estimate.Value)} [{Number(estimate.Interval.Low)}, {Number(estimate.Interval.High)}]";

        string Number(double value) => Numbers.Fixed(factor * value, 1);
    }
}
