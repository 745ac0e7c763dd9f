namespace Urial;

/// <summary>Claims with what was measured of them and their verdicts, a row each.</summary>
internal static class ClaimsTable
{
    public static HtmlView Of(IReadOnlyList<PaperClaim> claims, string? caption)
    {
        if (claims.Count == 0)
            throw new ArgumentException("A table needs at least one claim.", nameof(claims));
        var divided = claims.Any(claim => claim.MeasuredEnded is not null);
        List<TableColumn> columns =
        [
            new("claim", [.. claims.Select(claim => claim.Text)]),
            new("holds if", [.. claims.Select(claim => claim.Border)]),
            new("measured", [.. claims.Select(claim => Cell(claim.Measured))], IsNumber: true),
        ];
        if (divided)
            columns.Add(new TableColumn(ShareRow.EndedOnly, [.. claims.Select(claim => Cell(claim.MeasuredEnded))], IsNumber: true));
        columns.Add(new TableColumn("verdict", [.. claims.Select(Verdict)]));
        return TableView.Of(columns, caption, note: "In brackets: 95 % intervals. A verdict needs the whole interval on one side of the "
            + "border" + (divided ? ", with and without the answers that did not end." : "."));
    }

    private static string Cell(Estimate? measured) => measured is null ? "—"
        : $"{Numbers.Fixed(measured.Value, 3)}\n[{Numbers.Fixed(measured.Interval.Low, 3)}, {Numbers.Fixed(measured.Interval.High, 3)}]\n"
            + $"n={Numbers.Count(measured.N)}";

    private static string Verdict(PaperClaim claim) => claim.Verdict switch
    {
        Urial.Verdict.Agrees => "✓ agrees",
        Urial.Verdict.Differs => "✗ differs",
        _ when claim.DependsOnUnended => "? cannot tell:\nit depends on what\ndid not end",
        _ when claim.RestsOnFew => "? cannot tell:\ntoo few differ",
        _ => "? cannot tell",
    };
}
