namespace Urial.Notebooks;

/// <summary>Which notebooks are meant.</summary>
public static class CollectionFiles
{
    /// <summary>The notebooks that a reader's words mean.</summary>
    /// <param name="words">Paths, or how the names of chapters begin; none for every chapter of the repository.</param>
    /// <returns>Full paths, each once, in the order of the words.</returns>
    /// <exception cref="UrialException">A word means no notebook, two files have one name, or there are none at all.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> words)
    {
        var folder = Repository.Path("notebooks");
        string[] chapters = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.ipynb").Order(StringComparer.Ordinal)] : [];
        if (words.Count == 0)
            return chapters.Length > 0 ? chapters : throw new UrialException($"There is no notebook in {folder}: name the ones to run.");
        var found = new List<string>();
        foreach (var word in words)
        {
            string[] meant = File.Exists(word)
                ? [Path.GetFullPath(word)]
                : [.. chapters.Where(chapter => Path.GetFileName(chapter).StartsWith(word, StringComparison.OrdinalIgnoreCase))];
            if (meant.Length == 0)
                throw new UrialException(
                    $"'{word}' is neither a file nor the beginning of a chapter's name in notebooks/: give a path, or a number such as "
                        + "02.");
            found.AddRange(meant.Except(found));
        }
        if (found.GroupBy(path => Path.GetFileName(path)).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UrialException(
                $"{twice.Key} is given from {twice.Count()} folders, and its page can hold one: run them one at a time.");
        return found;
    }
}
