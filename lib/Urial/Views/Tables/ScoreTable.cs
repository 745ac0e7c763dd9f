namespace Urial;

/// <summary>Arms by aspect as a table.</summary>
internal static class ScoreTable
{
    public static HtmlView Of(IReadOnlyList<AspectScoreRow> rows, string? caption)
    {
        var sources = rows.Select(row => row.Source).Distinct().ToArray();
        var counted = rows.Select(row => row.Counting).Distinct().ToArray();
        List<TableColumn> columns = [new("arm", [.. rows.Select(row => row.Name)], Notes: [.. rows.Select(Note)])];
        columns.AddRange(Aspects.All.Where(aspect => rows.Any(row => row.Scores.ContainsKey(aspect)))
            .Select(aspect => new TableColumn(aspect.Name(), [.. rows.Select(row => Cell(row, aspect))], IsNumber: true)));
        if (rows.Any(row => row.N.Length > 0))
            columns.Add(new TableColumn("n", [.. rows.Select(row => row.N.Length > 0 ? row.N : "—")], IsNumber: true));
        if (rows.Any(row => row.MeanWords is not null))
            columns.Add(new TableColumn("words", [.. rows.Select(row => row.MeanWords is { } words ? Numbers.Fixed(words, 1) : "—")],
                IsNumber: true));
        var level = rows.SelectMany(row => row.Scores.Values).Select(score => score.Interval)
            .FirstOrDefault(interval => interval is not null)?.Level;
        return TableView.Of(columns, caption,
            note: "Mean scores, 1 to 5."
                + (level is { } l ? $" In brackets: {Numbers.Percent(l, 0)} bootstrap intervals over queries." : "")
                + (sources.Length == 1 ? $" Judge or source: {sources[0]}." : " Below each arm: its judge or source.")
                + (counted is [{ Length: > 0 } same] ? $" {same}." : ""));

        // What differs from row to row and is no number: two columns more would not fit a page.
        string Note(AspectScoreRow row) => string.Join("; ", new[] { sources.Length > 1 ? row.Source : "",
            counted.Length > 1 ? row.Counting : "" }.Where(part => part.Length > 0));
    }

    private static string Cell(AspectScoreRow row, Aspect aspect) =>
        row.Scores.TryGetValue(aspect, out var score) ? ScoreText.Of(score) : "—";
}
