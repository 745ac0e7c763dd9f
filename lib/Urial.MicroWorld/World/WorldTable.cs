namespace Urial.MicroWorld;

/// <summary>
/// One CSV table of the world: a header <c>name,attribute,…</c> and a row for each entity. Cells hold plain words, so nothing is quoted.
/// </summary>
internal sealed record WorldTable(string File, IReadOnlyList<string> Attributes, IReadOnlyList<(string Name, string[] Values)> Rows)
{
    public static WorldTable Read(string file)
    {
        if (!System.IO.File.Exists(file))
            throw new UrialException($"No table {file}: each questions file of data/world needs its CSV beside it.");
        var lines = InputFile.Lines(file, "table").Where(l => l.Length > 0).ToArray();
        if (lines.Length < 2)
            throw new UrialException($"{file} holds no rows.");
        var header = lines[0].Split(',');
        if (header[0] != "name")
            throw new UrialException($"{file}, line 1: the first column must be 'name', not '{header[0]}'.");
        var rows = new List<(string, string[])>();
        for (var i = 1; i < lines.Length; i++)
        {
            var cells = lines[i].Split(',');
            if (cells.Length != header.Length || cells.Any(c => c.Trim().Length == 0 || c.Trim().Length != c.Length))
                throw new UrialException(
                    $"{file}, line {i + 1}: {header.Length} filled cells expected, without blanks around them; found '{lines[i]}'.");
            rows.Add((cells[0], cells[1..]));
        }
        return new WorldTable(file, header[1..], rows);
    }
}
