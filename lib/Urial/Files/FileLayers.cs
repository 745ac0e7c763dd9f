namespace Urial;

/// <summary>Folders that stand for one, the nearest first: a file is that of the first folder which has it.</summary>
internal sealed class FileLayers
{
    /// <summary>Layers.</summary>
    /// <param name="folders">One folder or more, the nearest first.</param>
    public FileLayers(params string[] folders) => Folders = folders;

    /// <summary>The folders, the nearest first.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>A single folder is a stack of one.</summary>
    public static implicit operator FileLayers(string folder) => new(folder);

    /// <summary>The path of a file; of one that no folder has, its path in the last.</summary>
    /// <param name="name">The file's name.</param>
    public string File(string name) =>
        Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(Path.Exists) ?? Path.Combine(Folders[^1], name);

    /// <inheritdoc/>
    public override string ToString() => string.Join(" over ", Folders);
}
