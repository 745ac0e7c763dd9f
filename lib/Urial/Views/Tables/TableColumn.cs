namespace Urial;

/// <summary>A column of a table as it is drawn.</summary>
/// <param name="Header">Its heading, with the unit.</param>
/// <param name="Cells">Its cells as text, unescaped.</param>
/// <param name="IsNumber">Whether it is set flush right.</param>
/// <param name="Notes">Of each cell what stands below it, in smaller type: a source; empty where there is nothing to say.</param>
internal sealed record TableColumn(string Header, IReadOnlyList<string> Cells, bool IsNumber = false, IReadOnlyList<string>? Notes = null)
{
    private const int WidestText = 240;

    /// <summary>A cell; empty below the column's end, and cut where it is a text of many lines.</summary>
    public string Cell(int row) => row < Cells.Count ? ShortText.Of(Cells[row], IsNumber ? int.MaxValue : WidestText) : "";

    /// <summary>What stands below a cell.</summary>
    public string Note(int row) => Notes is not null && row < Notes.Count ? Notes[row] : "";

    /// <summary>A number apart from the interval behind it: <c>0.4</c> and <c>[0.3, 0.5]</c>; any other cell is whole.</summary>
    public (string Value, string Interval) Parts(int row)
    {
        var cell = Cell(row);
        var at = IsNumber ? cell.IndexOf(" [", StringComparison.Ordinal) : -1;
        return at <= 0 ? (cell, "") : (cell[..at], cell[(at + 1)..]);
    }

    /// <summary>A column of numbers that share their decimals, so that magnitudes can be compared down the column.</summary>
    public static TableColumn OfNumbers(string header, IReadOnlyList<double?> values)
    {
        var largest = values.Where(value => value is { } v && double.IsFinite(v)).Select(value => Math.Abs(value!.Value)).DefaultIfEmpty(0)
            .Max();
        var digits = largest switch { >= 1000 => 1, >= 100 => 2, _ => 4 };
        if (values.All(value => value is null || value == Math.Truncate(value.Value)))
            digits = 0;
        return new TableColumn(header, [.. values.Select(value => Cell(value, digits))], IsNumber: true);
    }

    private static string Cell(double? value, int digits) => value switch
    {
        null => "",
        { } v when !double.IsFinite(v) => Numbers.General(v),
        { } v when v != 0 && Math.Abs(v) < 0.5 * Math.Pow(10, -digits) => Numbers.General(v),
        { } v => Numbers.Fixed(v, digits),
    };
}
