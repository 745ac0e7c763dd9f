using System.Globalization;

namespace Urial.Notebooks;

/// <summary>How a place in a notebook is written, and how compiler and stack traces carry it.</summary>
internal static class CellPlace
{
    private const string FilePrefix = "cell ";

    /// <summary>The place for readers.</summary>
    public static string Of(string notebook, int cell, int? line) => FormattableString.Invariant(
        $"{notebook}, cell [{cell}]{(line is { } l ? FormattableString.Invariant($", line {l}") : "")}");

    /// <summary>The file name under which a cell is compiled.</summary>
    public static string FileName(int cell) => FilePrefix + cell.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The cell that was compiled as <paramref name="file"/>, which compilers put into the current folder; null for any other file.
    /// </summary>
    public static int? CellOf(string? file) =>
        Path.GetFileName(file) is { } name && name.StartsWith(FilePrefix, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(FilePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var cell) ? cell : null;
}
