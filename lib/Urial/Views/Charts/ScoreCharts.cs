namespace Urial;

/// <summary>Tables and charts of scores, from value objects and in one theme.</summary>
public static class ScoreCharts
{
    /// <summary>A table of arms by aspect, with intervals, n, mean length and how "N/A" was counted.</summary>
    /// <param name="rows">Top to bottom; ours and published ones.</param>
    /// <param name="caption">A heading; null for none.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static HtmlView Table(IEnumerable<IScored> rows, string? caption = null) => ScoreTable.Of(Charts.NotEmpty(Rows(rows)), caption);

    /// <summary>Aspects as rows, with one dot for each arm and its interval.</summary>
    /// <param name="rows">At most seven, or dots cannot be told apart.</param>
    /// <param name="title">The title.</param>
    /// <exception cref="ArgumentException">There are no rows, or too many.</exception>
    public static Figure Dots(IEnumerable<IScored> rows, string title = "Scores by aspect")
    {
        var drawn = Few(Rows(rows));
        Aspect[] aspects = [.. Aspects.All.Where(aspect => drawn.Any(row => row.Scores.ContainsKey(aspect)))];
        var counted = drawn.Where(row => row.N.Length > 0).Select(row =>
            $"\n{row.Name}: n = {row.N}{(row.Counting.Length > 0 ? $"; {row.Counting}" : "")}.");
        return DotsChart.Of([.. drawn.Select(row => DotSeries.Of(row, aspects))], [.. aspects.Select(aspect => aspect.Name())],
            "mean score (1–5), with 95 % interval over queries", title, 2, [0.9, 5.1], note: string.Concat(counted));
    }

    /// <summary>Two judges against each other: counts and shares of a row, the diagonal framed.</summary>
    /// <param name="matrix">What both said.</param>
    /// <param name="title">The title.</param>
    public static Figure Agreement(AgreementMatrix matrix, string title) => AgreementChart.Of(matrix, title);

    /// <summary>Bars by aspect, one for each arm, with intervals.</summary>
    /// <param name="rows">At most seven, or bars cannot be told apart.</param>
    /// <param name="title">The title.</param>
    /// <exception cref="ArgumentException">There are no rows, or too many.</exception>
    public static Figure Bars(IEnumerable<IScored> rows, string title = "Scores by aspect")
    {
        var drawn = Few(Rows(rows));
        Aspect[] aspects = [.. Aspects.All.Where(aspect => drawn.Any(row => row.Scores.ContainsKey(aspect)))];
        return Bars([.. drawn.Select(row => BarSeries.Of(row, aspects))], [.. aspects.Select(aspect => aspect.Name())],
            "mean score (1–5)", title, 1, 5);
    }

    /// <summary>Grouped bars of any table.</summary>
    /// <param name="series">One bar of each group; at most seven.</param>
    /// <param name="groups">The groups from left to right.</param>
    /// <param name="yTitle">What is measured, with its unit.</param>
    /// <param name="title">The title.</param>
    /// <param name="low">Where the bars begin: the lowest score there can be.</param>
    /// <param name="high">The highest.</param>
    /// <exception cref="ArgumentException">There is nothing to draw, or too much, or a series has not one value for each group.</exception>
    public static Figure Bars(IReadOnlyList<BarSeries> series, IReadOnlyList<string> groups, string yTitle, string title, double low,
        double high) =>
        GroupedBarsChart.Of(Few(series), groups, yTitle, title, low, high);

    /// <summary>Grouped bars of estimates: one bar for each item in each group.</summary>
    /// <param name="items">Arms or other items, by their own names; at most seven.</param>
    /// <param name="groups">The groups from left to right, by their own names.</param>
    /// <param name="value">An item's estimate in a group.</param>
    /// <param name="yTitle">What is measured, with its unit.</param>
    /// <param name="title">The title.</param>
    /// <param name="low">Where the bars begin.</param>
    /// <param name="high">Where the axis ends.</param>
    /// <exception cref="ArgumentException">There is nothing to draw, or too much.</exception>
    public static Figure Bars<TItem, TGroup>(
        IEnumerable<TItem> items, IReadOnlyList<TGroup> groups, Func<TItem, TGroup, Estimate> value, string yTitle, string title,
        double low, double high)
    {
        return Bars([.. items.Select(Series)], [.. groups.Select(Names.Of)], yTitle, title, low, high);

        BarSeries Series(TItem item) => new(Names.Of(item),
            [.. groups.Select(group => value(item, group)).Select(of => ((double, Interval?)?)(of.Value, of.Interval))],
            [.. groups.Select(group => Numbers.Count(value(item, group).N))]);
    }

    /// <summary>Grouped bars of some columns of a published table: one group for each row.</summary>
    /// <param name="rows">The rows from left to right.</param>
    /// <param name="series">What the legend calls each column, and the column.</param>
    /// <param name="yTitle">What is measured, with its unit.</param>
    /// <param name="title">The title.</param>
    /// <param name="low">Where the bars begin: the lowest score there can be.</param>
    /// <param name="high">The highest.</param>
    /// <exception cref="ArgumentException">There is nothing to draw, or too much.</exception>
    /// <exception cref="UrialException">A row has no such column.</exception>
    public static Figure Bars(
        IReadOnlyList<PublishedRow> rows, IReadOnlyList<(string Name, string Column)> series, string yTitle, string title,
        double low, double high) => Bars(
        [.. series.Select(one => new BarSeries(one.Name, [.. rows.Select(row => ((double, Interval?)?)(row[one.Column], null))]))],
        [.. rows.Select(row => row.Name)], yTitle, title, low, high);

    /// <summary>How often the first arm of each comparison wins, ties and loses, with intervals at the seams.</summary>
    /// <param name="rows">Comparisons, top to bottom: <c>URIAL against SFT</c>.</param>
    /// <param name="title">The title.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static Figure WinTieLose(IReadOnlyList<(string Name, WinTieLose Outcomes)> rows, string title = "Which answer is better?") =>
        WinTieLoseChart.Of(Charts.NotEmpty(rows), title);

    private static AspectScoreRow[] Rows(IEnumerable<IScored> rows) => [.. rows.Select(row => row.Row)];

    internal static IReadOnlyList<T> Few<T>(IReadOnlyList<T> items) => Charts.NotEmpty(items).Count <= Theme.Series.Count
        ? items : throw new ArgumentException(
            $"{items.Count} are too many to tell apart: draw at most {Theme.Series.Count}, or use a table.", nameof(items));
}
