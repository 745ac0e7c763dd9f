using System.Text.RegularExpressions;

namespace Urial.Tests.House;

/// <summary>
/// One project's part of the map in lib/README.md: a line a folder, lowest first, with the folders whose types it may name.
/// </summary>
/// <param name="Folders">The folders, lowest first.</param>
/// <param name="Arrows">Who may name types of whom.</param>
internal sealed record HouseMap(IReadOnlyList<string> Folders, IReadOnlySet<(string From, string To)> Arrows)
{
    /// <summary>Whether the first folder may name types of the second.</summary>
    public bool Allows(string from, string to) => Arrows.Contains((from, to));

    /// <summary>Reads a project's block: <c>```arrows PROJECT</c>, then <c>Folder -> Folder Folder</c> in each line.</summary>
    public static HouseMap Read(string file, string project)
    {
        var block = Regex.Match(File.ReadAllText(file), $"```arrows {Regex.Escape(project)}\n(.*?)```", RegexOptions.Singleline);
        Assert.True(block.Success, $"{file} has no map of {project}.");
        var lines = block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split("->", StringSplitOptions.TrimEntries)).ToList();
        return new HouseMap(
            [.. lines.Select(line => line[0].Trim())],
            lines.SelectMany(line => line.Length < 2 ? []
                : line[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(to => (line[0].Trim(), to))).ToHashSet());
    }
}
