using System.Globalization;

namespace Urial;

/// <summary>Published token-distribution-shift shares, to be set beside what is measured here: <c>data/paper/paper_tds.csv</c>.</summary>
public static class PaperShares
{
    private const string Header = "pair,unshifted,marginal,shifted,source";

    /// <summary>The rows in the file's order; shares are fractions.</summary>
    /// <param name="file">Another file of the same form; the committed one if null.</param>
    /// <exception cref="UrialException">The file is missing or a line has another form; the message names file and line.</exception>
    public static IReadOnlyList<ShareRow> Load(string? file = null)
    {
        file ??= Repository.Path("data", "paper", "paper_tds.csv");
        if (!File.Exists(file))
            throw new UrialException($"No {file}: the published shares come with the repository. Restore it from git.");
        string[] lines = [.. InputFile.Lines(file, "table of shares")];
        if (lines.Length < 2 || lines[0] != Header)
            throw new UrialException($"{file}, line 1: expected the header '{Header}'.");
        return [.. lines.Skip(1).Select((line, i) => Parse(file, i + 2, line))];
    }

    private static ShareRow Parse(string file, int number, string line)
    {
        var cells = line.Split(',', 5);
        if (cells.Length != 5 || Percent(cells[1]) is not { } unshifted || Percent(cells[2]) is not { } marginal
            || Percent(cells[3]) is not { } shifted)
            throw new UrialException($"{file}, line {number}: expected a pair, three percentages and a source, not '{line}'.");
        return ShareRow.Published(cells[0].Replace(">", " → "), unshifted, marginal, shifted, cells[4].Trim('"'));
    }

    private static double? Percent(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 100 ? value : null;
}
