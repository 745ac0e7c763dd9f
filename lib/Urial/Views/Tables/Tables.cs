using Microsoft.Data.Analysis;

namespace Urial;

/// <summary>Tables to look at: numbers rounded and flush right, everything escaped, long ones cut with the rest counted.</summary>
public static class Tables
{
    /// <summary>The first rows of a data frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="rows">How many rows are drawn; the rest is counted below.</param>
    /// <param name="caption">A heading; null for none.</param>
    /// <param name="columns">The columns that are drawn, left to right; null: all.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than no rows.</exception>
    /// <exception cref="ArgumentException">The frame has no such column.</exception>
    public static HtmlView Of(DataFrame frame, int rows = 20, string? caption = null, IReadOnlyList<string>? columns = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        return DataFrameView.Of(frame, rows, caption, columns);
    }

    /// <summary>Shares of the three classes in percent, ours with intervals, published ones as printed.</summary>
    /// <param name="rows">The rows, top to bottom.</param>
    /// <param name="caption">A heading; null for none.</param>
    /// <param name="corner">What the rows are.</param>
    public static HtmlView Shares(IReadOnlyList<ShareRow> rows, string? caption = null, string corner = "pair")
    {
        var level = rows.SelectMany(row => Enum.GetValues<ShiftClass>().Select(row.Interval))
            .FirstOrDefault(interval => interval is not null)?.Level;
        return TableView.Of(
            [
                new TableColumn(corner, [.. rows.Select(row => row.Name)], Notes: [.. rows.Select(row => row.SourceIfOther)]),
                .. Enum.GetValues<ShiftClass>().Select(shift =>
                    new TableColumn($"{shift.Name()} %", [.. rows.Select(row => Share(row, shift))], IsNumber: true)),
                new TableColumn("tokens", [.. rows.Select(row => Count(row.Positions))], IsNumber: true),
                new TableColumn("answers", [.. rows.Select(row => Count(row.Answers))], IsNumber: true),
                .. rows.Any(row => row.NotEnded > 0) ? [new TableColumn("not ended", [.. rows.Select(row => Count(row.NotEnded))],
                    IsNumber: true)] : Array.Empty<TableColumn>(),
            ],
            caption,
            note: level is { } l ? $"In brackets: {Numbers.Percent(l, 0)} bootstrap intervals over queries."
                + (rows.Any(row => row.SourceIfOther.Length > 0) ? " Below a name: its source; without one, measured here." : "")
                + (rows.Any(row => row.IsDifference) ? " Differences are in percentage points, paired by query." : "")
                + (rows.Any(row => row.NotEnded > 0) ? " Not ended: answers that the limit of tokens cut." : "")
                + (rows.Any(row => row.Answers is null || row.Positions is null) ? " — where there is none." : "") : null);
    }

    /// <summary>The mean of a number in each of several groups, with intervals.</summary>
    /// <param name="groups">The groups; <see cref="ShiftGroups.Mean"/> makes them.</param>
    /// <param name="what">What was measured, with its unit.</param>
    /// <param name="digits">Decimals.</param>
    /// <param name="caption">A heading; null for none.</param>
    public static HtmlView Means(IReadOnlyList<GroupedMean> groups, string what, int digits = 2, string? caption = null) => TableView.Of(
        [
            new TableColumn("group", [.. groups.Select(group => group.Group)]),
            new TableColumn(what, [.. groups.Select(group => Numbers.Fixed(group.Value.Value, digits))], IsNumber: true),
            new TableColumn("interval",
                [.. groups.Select(group =>
                    $"[{Numbers.Fixed(group.Value.Interval.Low, digits)}, {Numbers.Fixed(group.Value.Interval.High, digits)}]")],
                    IsNumber: true),
            new TableColumn("tokens", [.. groups.Select(group => Numbers.Count(group.Positions))], IsNumber: true),
            new TableColumn("answers", [.. groups.Select(group => Numbers.Count(group.Value.N))], IsNumber: true),
        ],
        caption,
        note: $"{Numbers.Percent(groups[0].Value.Interval.Level, 0)} bootstrap intervals over the answers of each group.");

    /// <summary>
    /// Items as rows: <c>Tables.Of(arms, [("words", arm => arm.Words), ("did not end", arm => arm.Unended)])</c>. Estimates stand with
    /// their intervals and n; a number with and without the answers that did not end (<see cref="BothWays"/>) takes two columns where some
    /// did not.
    /// </summary>
    /// <param name="items">Arms or other items, top to bottom.</param>
    /// <param name="columns">Each column's heading and its cell for an item: an estimate, a number or a text; null where there is
    /// none.</param>
    /// <param name="caption">A heading; null for none.</param>
    /// <param name="corner">What the rows are.</param>
    /// <param name="digits">Decimals.</param>
    /// <param name="name">What an item is called; null: its own name (<see cref="INamed"/>, the first text of a tuple, or the item as
    /// text).</param>
    /// <param name="units">What was resampled for the intervals.</param>
    public static HtmlView Of<T>(
        IEnumerable<T> items, IReadOnlyList<(string Header, Func<T, object?> Value)> columns, string? caption = null,
        string corner = "", int digits = 2, Func<T, string>? name = null, string units = "queries")
    {
        T[] rows = [.. items];
        return ItemTable.Of(
            [.. rows.Select(name ?? Names.Of)],
            [.. columns.Select(column => (column.Header, (IReadOnlyList<object?>)[.. rows.Select(column.Value)]))],
            caption, corner, digits, units);
    }

    /// <summary>Claims, what was measured of each, and its verdict.</summary>
    /// <param name="claims">The claims, top to bottom.</param>
    /// <param name="caption">A heading; null for none.</param>
    /// <exception cref="ArgumentException">There are no claims.</exception>
    public static HtmlView Claims(IReadOnlyList<PaperClaim> claims, string? caption = null) => ClaimsTable.Of(claims, caption);

    /// <summary>What a chapter found: the box at its end.</summary>
    public static HtmlView Found(ChapterFindings findings) => FindingsView.Of(findings);

    /// <summary>One number for each row under each column: <c>Tables.Grid(kinds, arms, (kind, arm) => arm.Right(kind))</c>.</summary>
    /// <param name="rows">The rows' items, by their own names.</param>
    /// <param name="columns">The columns' items, by their own names.</param>
    /// <param name="value">The cell: an estimate, a number or a text; null where there is none.</param>
    /// <param name="caption">A heading; null for none.</param>
    /// <param name="corner">What the rows are.</param>
    /// <param name="digits">Decimals.</param>
    /// <param name="units">What was resampled for the intervals.</param>
    public static HtmlView Grid<TRow, TColumn>(
        IEnumerable<TRow> rows, IEnumerable<TColumn> columns, Func<TRow, TColumn, object?> value, string? caption = null,
        string corner = "", int digits = 2, string units = "queries") =>
        Of(rows, [.. columns.Select(column => (Names.Of(column), (Func<TRow, object?>)(row => value(row, column))))],
            caption, corner, digits, null, units);

    /// <summary>What was said and what the base model would have said instead.</summary>
    /// <param name="pairs">The pairs of tokens; <see cref="Substitution.Of"/> counts them.</param>
    /// <param name="rows">How many are drawn.</param>
    /// <param name="caption">A heading; null for none.</param>
    public static HtmlView Substitutions(IReadOnlyList<Substitution> pairs, int rows = 20, string? caption = null)
    {
        var shown = pairs.Take(rows).ToArray();
        List<TableColumn> columns =
        [
            new("said", [.. shown.Select(pair => pair.Said.Shown)]),
            new("base would say", [.. shown.Select(pair => pair.Instead.Shown ?? $"⟨id {pair.Instead.Id}⟩")]),
            new("times", [.. shown.Select(pair => Numbers.Count(pair.Count))], IsNumber: true),
            new("mean KL(aligned‖base), nats", [.. shown.Select(pair => Numbers.Nats(pair.MeanKl))], IsNumber: true),
        ];
        if (shown.Any(pair => pair.Label is not null))
            columns.Insert(1, new TableColumn("label", [.. shown.Select(pair => pair.Label ?? "—")]));
        return TableView.Of(columns, caption, pairs.Count - shown.Length);
    }

    /// <summary>Precision and recall of "base rank above the threshold" at some thresholds.</summary>
    /// <param name="points">The points; <see cref="ShiftDetection.Of"/> makes them.</param>
    /// <param name="caption">A heading; null for none.</param>
    /// <param name="sought">What is to be told by the base rank, for the headings: <c>style</c>.</param>
    public static HtmlView Thresholds(
        IReadOnlyList<ThresholdPoint> points, string? caption = null, string sought = "sought") => TableView.Of(
        [
            new TableColumn("base rank above", [.. points.Select(point => Numbers.Count(point.Threshold))], IsNumber: true),
            new TableColumn("tokens above", [.. points.Select(point => Numbers.Count(point.Flagged))], IsNumber: true),
            new TableColumn($"of these {sought}", [.. points.Select(point => Numbers.Count(point.Right))], IsNumber: true),
            new TableColumn($"precision: {sought} among those above", [.. points.Select(point => Ratio(point.Precision))], IsNumber: true),
            new TableColumn($"recall: above among all {sought}", [.. points.Select(point => Ratio(point.Recall))], IsNumber: true),
        ],
        caption);

    /// <summary>The most shifted tokens with their labels.</summary>
    /// <param name="tokens">The tokens in order; <see cref="ShiftedToken.Of"/> counts them.</param>
    /// <param name="rows">How many are drawn.</param>
    /// <param name="caption">A heading; null for none.</param>
    /// <param name="shift">The class that was counted.</param>
    public static HtmlView MostShifted(IReadOnlyList<ShiftedToken> tokens, int rows = 20, string? caption = null,
        ShiftClass shift = ShiftClass.Shifted)
    {
        var shown = tokens.Take(rows).ToArray();
        List<TableColumn> columns =
        [
            new("token", [.. shown.Select(token => token.Token.Shown)]),
            new(shift.Name(), [.. shown.Select(token => Numbers.Count(token.Shifted))], IsNumber: true),
            new("of", [.. shown.Select(token => Numbers.Count(token.Total))], IsNumber: true),
            new($"share {shift.Name()}", [.. shown.Select(token => Numbers.Percent((double)token.Shifted / token.Total))], IsNumber: true),
            new("mean KL(aligned‖base), nats", [.. shown.Select(token => Numbers.Nats(token.MeanKl))], IsNumber: true),
        ];
        if (shown.Any(token => token.Label is not null))
            columns.Insert(1, new TableColumn("label", [.. shown.Select(token => token.Label ?? "—")]));
        return TableView.Of(columns, caption, tokens.Count - shown.Length);
    }

    /// <summary>The positions of an answer with their numbers.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="from">0-based position of the first row.</param>
    /// <param name="rows">How many positions are drawn.</param>
    /// <param name="caption">A heading; null for none.</param>
    public static HtmlView Positions(ShiftedAnswer answer, int from = 0, int rows = 30, string? caption = null)
    {
        var shown = answer.Positions.Skip(from).Take(rows).ToArray();
        List<TableColumn> columns =
        [
            new("position", [.. shown.Select(p => Numbers.Count(p.Position))], IsNumber: true),
            new("token", [.. shown.Select((_, i) => answer.Tokens[from + i].Shown)]),
            new("class", [.. shown.Select(p => $"{Theme.Glyph(p.Class)} {p.Class.Name()}".TrimStart())]),
            new("base rank", [.. shown.Select(p => Numbers.Count(p.BaseRank))], IsNumber: true),
            new("P base", [.. shown.Select(p => Numbers.Percent(p.BaseProbability))], IsNumber: true),
            new("P aligned", [.. shown.Select(p => Numbers.Percent(p.AlignedProbability))], IsNumber: true),
            new("KL(aligned‖base), nats", [.. shown.Select(p => Numbers.Nats(p.KlAlignedBase, p.Bounds?.KlAlignedBase))], IsNumber: true),
            new("base would say", [.. shown.Select(p => p.BaseTop.Count > 0 ? TokenNames.Of(answer, p.BaseTop[0]) : "")]),
        ];
        if (answer.Labels is { } labels)
            columns.Insert(2, new TableColumn("label", [.. shown.Select((_, i) => labels[from + i])]));
        return TableView.Of(columns, caption, answer.Positions.Count - from - shown.Length);
    }

    /// <summary>KL(aligned‖base) at one position, term by term, with its sum.</summary>
    public static HtmlView KlTerms(IReadOnlyList<KlTerm> terms, string? caption = null)
    {
        var sum = new KlTerm("sum", terms.Sum(term => term.Aligned), terms.Sum(term => term.Base), terms.Sum(term => term.Nats));
        KlTerm[] rows = [.. terms, sum];
        return TableView.Of(
            [
                new TableColumn("token", [.. rows.Select(term => term.Chosen ? term.Token + " ◀" : term.Token)]),
                new TableColumn("P aligned", [.. rows.Select(term => Numbers.Fixed(term.Aligned, 5))], IsNumber: true),
                new TableColumn("P base", [.. rows.Select(term => Numbers.Fixed(term.Base, 5))], IsNumber: true),
                new TableColumn("ln(P aligned / P base)", [.. rows.Select(term =>
                    term == sum || term.Token == KlTerm.Others || term.Aligned == 0 ? ""
                        : Numbers.Fixed(Math.Log(term.Aligned / term.Base), 3))], IsNumber: true),
                new TableColumn("term, nats", [.. rows.Select(term => Numbers.Fixed(term.Nats, 4))], IsNumber: true),
            ],
            caption,
            note: terms.Any(term => term.Chosen) ? "◀ stands in the answer." : null);
    }

    private static string Share(ShareRow row, ShiftClass shift)
    {
        var share = Points(row.Share(shift));
        return row.Interval(shift) is { } interval ? $"{share} [{Points(interval.Low)}, {Points(interval.High)}]" : share;

        string Points(double value) => row.IsDifference ? Numbers.Signed(100 * value, 1) : Numbers.Fixed(100 * value, 1);
    }

    private static string Ratio(Estimate? estimate) => estimate is null ? "—" : $"{Numbers.Fixed(estimate.Value, 3)} {estimate.Interval}";

    private static string Count(int? count) => count is { } n ? Numbers.Count(n) : "—";
}
