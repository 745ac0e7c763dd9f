namespace Urial;

/// <summary>
/// What a folder's files looked like at a moment: names, lengths and times. Equal stamps of settled folders mean equal content.
/// </summary>
/// <param name="Files">One line for each file, in order.</param>
/// <param name="Newest">When the last of them was written, in UTC.</param>
internal sealed record FolderStamp(string Files, DateTime Newest)
{
    // A file written again within its file system's tick keeps its time; a tick is 2 s at most (FAT).
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    /// <summary>A folder's stamp; links count as the files that they lead to. A folder that is missing has no files.</summary>
    public static FolderStamp Of(string directory)
    {
        FileInfo[] files = Directory.Exists(directory)
            ? [.. new DirectoryInfo(directory).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal).Select(Target)]
            : [];
        return new FolderStamp(
            string.Join('\n', files.Select(file =>
                file.Exists ? $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks} {file.CreationTimeUtc.Ticks}" : file.FullName)),
            files.Select(file => file.LastWriteTimeUtc).DefaultIfEmpty().Max());
    }

    /// <summary>The stamp of two folders, or of one where there is no other.</summary>
    public static FolderStamp Of(string directory, string? other)
    {
        var stamp = Of(directory);
        if (other is null)
            return stamp;
        var more = Of(other);
        return new FolderStamp($"{stamp.Files}\n\n{more.Files}", stamp.Newest > more.Newest ? stamp.Newest : more.Newest);
    }

    /// <summary>Whether the files were left alone long enough before a moment for their times to tell one content from another.</summary>
    public bool SettledBefore(DateTime moment) => Newest + Tick < moment;

    private static FileInfo Target(FileInfo file) =>
        file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
}
