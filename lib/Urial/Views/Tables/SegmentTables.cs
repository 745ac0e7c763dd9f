namespace Urial;

/// <summary>Tables of losses by part of the answer.</summary>
public static class SegmentTables
{
    private const int Digits = 2;

    /// <summary>What each arm pays for the written answers, part by part.</summary>
    /// <param name="arms">The arms, top to bottom.</param>
    /// <param name="perToken">Nats per token in place of nats per answer.</param>
    /// <param name="caption">A heading; null for none.</param>
    /// <exception cref="ArgumentException">There are no arms.</exception>
    public static HtmlView Losses(IReadOnlyList<SegmentArm> arms, bool perToken = false, string? caption = null)
    {
        Check(arms);
        List<TableColumn> columns = [new("arm", [.. arms.Select(arm => arm.Name)])];
        columns.AddRange(AnswerSegmentNames.All.Select(part => Column($"{part.Name()}, nats",
            arms.Select(arm => perToken ? arm.PerToken(part) : arm.PerAnswer(part)))));
        if (!perToken)
            columns.Add(Column("together, nats", arms.Select(arm => arm.PerAnswer())));
        return TableView.Of(columns, caption, note: (perToken ? "Negative log-likelihood per token of a part, pooled over answers."
            : "Negative log-likelihood of a written answer, mean over answers; one without a part counts as 0.")
            + Intervals(arms.Select(arm => arm.Ids.Count)));
    }

    /// <summary>Where each arm's gain lies: nats per answer and per token, and the part's share of the whole, part by part.</summary>
    /// <param name="gains">The gains, each in rows of its own.</param>
    /// <param name="caption">A heading; null for none.</param>
    /// <exception cref="ArgumentException">There are no gains.</exception>
    public static HtmlView Gains(IReadOnlyList<SegmentGain> gains, string? caption = null)
    {
        Check(gains);
        (SegmentGain Gain, AnswerSegment? Part)[] rows =
            [.. gains.SelectMany(gain => AnswerSegmentNames.All.Cast<AnswerSegment?>().Append(null).Select(part => (gain, part)))];
        return TableView.Of(
            [
                new TableColumn("arm", [.. rows.Select(row => row.Part == AnswerSegment.Opener ? row.Gain.Name : "")]),
                new TableColumn("part", [.. rows.Select(row => row.Part?.Name() ?? "together")]),
                Column("nats per answer", rows.Select(row => row.Part is { } part ? row.Gain.PerAnswer(part) : row.Gain.PerAnswer())),
                Column("nats per token", rows.Select(row => row.Part is { } part ? row.Gain.PerToken(part) : null)),
                Column("share of the gain, %", rows.Select(row => row.Part is { } part ? row.Gain.Share(part) : null), 100, 1),
                Column("with end of turn, %",
                    rows.Select(row => row.Part is { } part ? row.Gain.Share(part, withEnd: true) : null), 100, 1),
            ],
            caption,
            note: $"Gained on {string.Join(", ", gains.Select(gain => gain.Reference).Distinct())}: how much less the same written answers "
                + "cost, in nats; below 0: more." + Intervals(gains.Select(gain => gain.Ids.Count)));
    }

    private static TableColumn Column(string header, IEnumerable<Estimate?> cells, double factor = 1, int digits = Digits)
    {
        return new TableColumn(header, [.. cells.Select(Cell)], IsNumber: true);

        string Cell(Estimate? cell) => cell is null ? "—"
            : $"{Number(cell.Value)} [{Number(cell.Interval.Low)}, {Number(cell.Interval.High)}]";

        string Number(double value) => Numbers.Fixed(factor * value, digits);
    }

    private static string Intervals(IEnumerable<int> counts) =>
        $" In brackets: 95 % bootstrap intervals over questions, n = {string.Join(", ", counts.Distinct().Select(n => Numbers.Count(n)))}.";

    private static void Check<T>(IReadOnlyList<T> items)
    {
        if (items.Count == 0)
            throw new ArgumentException("A table needs at least one row.", nameof(items));
    }
}
