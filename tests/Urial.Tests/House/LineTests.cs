using System.Globalization;
using System.Text.RegularExpressions;

namespace Urial.Tests.House;

/// <summary>No line of the sources is wider than .editorconfig says: they are read beside something else.</summary>
public sealed class LineTests
{
    [Theory]
    [InlineData("lib")]
    [InlineData("tests")]
    public void No_line_is_wider_than_the_editorconfig_says(string folder)
    {
        var setting = Regex.Match(
            File.ReadAllText(Repository.Path(".editorconfig")), @"^max_line_length = (\d+)$", RegexOptions.Multiline);
        var widest = int.Parse(setting.Groups[1].Value, CultureInfo.InvariantCulture);

        var files = Directory.GetFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")).ToList();

        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(file => File.ReadAllLines(file)
            .Select((line, i) => (Line: line, Place: $"{Path.GetRelativePath(Repository.Root, file)}, line {i + 1}"))
            .Where(read => read.Line.Length > widest && !(folder == "tests" && IsData(read.Line)))
            .Select(read => read.Place)));
    }

    // A test's input stands in one piece: a line of JSON broken in two would be another input.
    private static bool IsData(string line) => line.Contains("\\\"") || line.Contains("\"\"\"") || line.TrimStart() is ['{' or '"', ..];
}
