namespace Urial;

/// <summary>Sums over the positions of each answer: all that a summary and its intervals over answers need.</summary>
/// <param name="Positions">Positions that count, 1 or more. // [answers]</param>
/// <param name="Unshifted">Those of them that are unshifted. // [answers]</param>
/// <param name="Marginal">Those of them that are marginal. // [answers]</param>
/// <param name="Shifted">Those of them that are shifted. // [answers]</param>
/// <param name="Columns">
/// Sums of the columns that a summary has the means of, by name; where only bounds of one are known, NaN. // [answers] each
/// </param>
/// <param name="Bounds">The sums of the bounds where there are such columns, by name. // [answers] each</param>
/// <param name="NotEnded">How many of the answers did not end.</param>
internal sealed record AnswerSums(double[] Positions, double[] Unshifted, double[] Marginal, double[] Shifted,
    IReadOnlyDictionary<string, double[]> Columns, IReadOnlyDictionary<string, (double[] Low, double[] High)> Bounds, int NotEnded)
{
    /// <summary>The sums of answers.</summary>
    /// <param name="answers">Answers with at least one position that counts.</param>
    /// <param name="withEos">Whether end-of-sequence tokens count.</param>
    public static AnswerSums Of(IReadOnlyList<ShiftedAnswer> answers, bool withEos)
    {
        PositionShift[][] counted = [.. answers.Select(a => a.Positions.Where(p => withEos || !p.IsEos).ToArray())];
        return new AnswerSums(
            Each(_ => 1), Each(p => p.Class == ShiftClass.Unshifted ? 1 : 0), Each(p => p.Class == ShiftClass.Marginal ? 1 : 0),
            Each(p => p.Class == ShiftClass.Shifted ? 1 : 0),
            PositionShift.Summarised.ToDictionary(column => column.Name, column => Each(column.Number!)),
            counted.All(positions => positions.All(p => p.Bounds is null)) ? new Dictionary<string, (double[], double[])>()
                : ShiftBounds.Columns.ToDictionary(c => c.Name, c => (Each(p => c.Of(p).Low), Each(p => c.Of(p).High))),
            answers.NotEnded());

        double[] Each(Func<PositionShift, double> value) => [.. counted.Select(positions => positions.Sum(value))];
    }

    /// <summary>The sums of one class.</summary>
    public double[] OfClass(ShiftClass shift) => shift switch
    {
        ShiftClass.Unshifted => Unshifted,
        ShiftClass.Marginal => Marginal,
        _ => Shifted,
    };
}
