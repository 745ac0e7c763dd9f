using Microsoft.Data.Analysis;

namespace Urial;

/// <summary>Tables to look at: numbers rounded and flush right, everything escaped, long ones cut with the rest counted.</summary>
public static class Tables
{
    /// <summary>The first rows of a data frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="rows">How many rows are drawn; the rest is counted below.</param>
    /// <param name="caption">A heading; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than no rows.</exception>
    public static HtmlView Of(DataFrame frame, int rows = 20, string? caption = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        return DataFrameView.Of(frame, rows, caption);
    }

    /// <summary>Shares of the three classes in percent, ours with intervals, published ones as printed.</summary>
    public static HtmlView Shares(IReadOnlyList<ShareRow> rows, string? caption = null)
    {
        var level = rows.SelectMany(row => Enum.GetValues<ShiftClass>().Select(row.Interval)).FirstOrDefault(interval => interval is not null)?.Level;
        return TableView.Of(
            [
                new TableColumn("pair", [.. rows.Select(row => row.Name)]),
                .. Enum.GetValues<ShiftClass>().Select(shift =>
                    new TableColumn($"{shift.Name()} %", [.. rows.Select(row => Share(row, shift))], IsNumber: true)),
                new TableColumn("tokens", [.. rows.Select(row => Count(row.Positions))], IsNumber: true),
                new TableColumn("answers", [.. rows.Select(row => Count(row.Answers))], IsNumber: true),
                new TableColumn("source", [.. rows.Select(row => row.Source)]),
            ],
            caption,
            note: level is { } l ? $"In brackets: {Numbers.Percent(l, 0)} bootstrap intervals over queries; — where nothing was published." : null);
    }

    /// <summary>The most shifted tokens with their labels.</summary>
    public static HtmlView MostShifted(IReadOnlyList<ShiftedToken> tokens, int rows = 20, string? caption = null)
    {
        var shown = tokens.Take(rows).ToArray();
        List<TableColumn> columns =
        [
            new("token", [.. shown.Select(token => token.Token.Shown)]),
            new("shifted", [.. shown.Select(token => Numbers.Count(token.Shifted))], IsNumber: true),
            new("of", [.. shown.Select(token => Numbers.Count(token.Total))], IsNumber: true),
            new("share shifted", [.. shown.Select(token => Numbers.Percent((double)token.Shifted / token.Total))], IsNumber: true),
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
            new("KL(aligned‖base), nats", [.. shown.Select(p => Numbers.Nats(p.KlAlignedBase))], IsNumber: true),
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
                    term == sum || term.Token == KlTerm.Others || term.Aligned == 0 ? "" : Numbers.Fixed(Math.Log(term.Aligned / term.Base), 3))], IsNumber: true),
                new TableColumn("term, nats", [.. rows.Select(term => Numbers.Fixed(term.Nats, 4))], IsNumber: true),
            ],
            caption,
            note: terms.Any(term => term.Chosen) ? "◀ stands in the answer." : null);
    }

    private static string Share(ShareRow row, ShiftClass shift)
    {
        var share = Numbers.Fixed(100 * row.Share(shift), 1);
        return row.Interval(shift) is { } interval
            ? $"{share} [{Numbers.Fixed(100 * interval.Low, 1)}, {Numbers.Fixed(100 * interval.High, 1)}]"
            : share;
    }

    private static string Count(int? count) => count is { } n ? Numbers.Count(n) : "—";
}
