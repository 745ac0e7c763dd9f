namespace Urial;

/// <summary>Claims with what was measured of them and their verdicts, a row each.</summary>
internal static class ClaimsTable
{
    private const int TextWidth = 110;

    public static HtmlView Of(IReadOnlyList<PaperClaim> claims, string? caption)
    {
        if (claims.Count == 0)
            throw new ArgumentException("A table needs at least one claim.", nameof(claims));
        var divided = claims.Any(claim => claim.MeasuredEnded is not null);
        List<TableColumn> columns =
        [
            new("verdict", [.. claims.Select(claim => Verdict(claim).Replace(": ", ":\n"))]),
            new("claim", [.. claims.Select(claim => $"{claim.Text}\n({Whose(claim)})")]),
            new("holds if", [.. claims.Select(claim => claim.Border.Replace(" and ", "\nand "))]),
            new("measured", [.. claims.Select(claim => Cell(claim.Measured))], IsNumber: true),
        ];
        if (divided)
            columns.Add(new TableColumn(ShareRow.EndedOnly, [.. claims.Select(claim => Cell(claim.MeasuredEnded))], IsNumber: true));
        var note = "In brackets: 95 % intervals. A verdict needs the whole interval on one side of the border"
            + (divided ? ", with and without the answers that did not end." : ".")
            + (claims.Any(claim => claim.RestsOnFew)
                ? " “Too few differ”: the claim is held to a sign test as well, and p is above 5 %." : "");
        return new HtmlView(TableView.Of(columns, caption, note: note, kind: "urial-claims").Html, Text(claims, caption, note));
    }

    /// <summary>A claim's verdict as a sign and a word, with the reason where there is none.</summary>
    public static string Verdict(PaperClaim claim) => claim.Verdict switch
    {
        Urial.Verdict.Agrees => "✓ agrees",
        Urial.Verdict.Differs => "✗ differs",
        _ when claim.DependsOnUnended => "? cannot tell: it depends on what did not end",
        _ when claim.RestsOnFew => "? cannot tell: too few differ",
        _ => "? cannot tell",
    };

    // A line or two for each claim: columns of such width would not fit, and cut words would decide the reading.
    private static string Text(IReadOnlyList<PaperClaim> claims, string? caption, string note) => string.Join('\n',
    [
        .. caption is null ? Array.Empty<string>() : [caption],
        .. claims.SelectMany(claim => Indented($"{Verdict(claim)}. {claim.Text} ({Whose(claim)}). Holds if {claim.Border}; measured "
            + $"{Line(claim.Measured)}{(claim.MeasuredEnded is { } ended ? $", {ShareRow.EndedOnly} {Line(ended)}" : "")}")),
        .. Markup.Lines(note, TextWidth),
    ]);

    private static IEnumerable<string> Indented(string text) =>
        Markup.Lines(text, TextWidth).Select((line, i) => i == 0 ? line : "    " + line);

    private static string Whose(PaperClaim claim) => claim.Source is { } source ? $"the paper, {source}" : "ours";

    private static string Line(Estimate measured) => Cell(measured).Replace('\n', ' ');

    private static string Cell(Estimate? measured) => measured is null ? "—"
        : $"{Numbers.Fixed(measured.Value, 3)}\n[{Numbers.Fixed(measured.Interval.Low, 3)}, {Numbers.Fixed(measured.Interval.High, 3)}]\n"
            + $"n={Numbers.Count(measured.N)}";
}
