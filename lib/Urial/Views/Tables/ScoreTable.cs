namespace Urial;

/// <summary>Arms by aspect as a table.</summary>
internal static class ScoreTable
{
    public static HtmlView Of(IReadOnlyList<AspectScoreRow> rows, string? caption)
    {
        List<TableColumn> columns = [new("arm", [.. rows.Select(row => row.Name)])];
        columns.AddRange(Aspects.All.Where(aspect => rows.Any(row => row.Scores.ContainsKey(aspect)))
            .Select(aspect => new TableColumn(aspect.Name(), [.. rows.Select(row => Cell(row, aspect))], IsNumber: true)));
        if (rows.Any(row => row.N.Length > 0))
            columns.Add(new TableColumn("n", [.. rows.Select(row => row.N.Length > 0 ? row.N : "—")], IsNumber: true));
        if (rows.Any(row => row.MeanWords is not null))
            columns.Add(new TableColumn("words", [.. rows.Select(row => row.MeanWords is { } words ? Numbers.Fixed(words, 1) : "—")],
                IsNumber: true));
        if (rows.Any(row => row.Counting.Length > 0))
            columns.Add(new TableColumn("counting", [.. rows.Select(row => row.Counting)]));
        var sources = rows.Select(row => row.Source).Distinct().ToArray();
        if (sources.Length > 1)
            columns.Add(new TableColumn("judge or source", [.. rows.Select(row => row.Source)]));
        var level = rows.SelectMany(row => row.Scores.Values).Select(score => score.Interval)
            .FirstOrDefault(interval => interval is not null)?.Level;
        return TableView.Of(columns, caption,
            note: "Mean scores, 1 to 5."
                + (level is { } l ? $" In brackets: {Numbers.Percent(l, 0)} bootstrap intervals over queries." : "")
                + (sources.Length == 1 ? $" Judge or source: {sources[0]}." : ""));
    }

    // The interval stands on a line of its own: six of them side by side would not fit a page.
    private static string Cell(AspectScoreRow row, Aspect aspect) =>
        row.Scores.TryGetValue(aspect, out var score) ? ScoreText.Of(score).Replace(" [", "\n[", StringComparison.Ordinal) : "—";
}
