namespace Urial;

/// <summary>Writes whole files: a reader sees the old content or the new one, never a half-written file.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes to a temporary file in the same folder and renames it over <paramref name="path"/>; a device is written as it is.
    /// </summary>
    /// <param name="path">
    /// The file to write; its folder is created where it is missing. A symbolic link stays one: its file is written.
    /// </param>
    /// <param name="write">Writes the content to the stream it is given.</param>
    /// <exception cref="WriteException">The folder or the file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var full = FilePaths.Real(path);
        try
        {
            if (IsDevice(full))
            {
                using var device = new FileStream(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                write(device);
                return;
            }
            MakeFolderOf(path);
            Replace(full, write);
        }
        catch (Exception problem) when (WriteException.IsFailure(problem))
        {
            throw new WriteException($"'{path}'", problem);
        }
    }

    /// <summary>Writes text as UTF-8 without a byte-order mark.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="text">Its whole content.</param>
    /// <exception cref="WriteException">The folder or the file cannot be written.</exception>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Copies a file.</summary>
    /// <param name="source">The file to copy.</param>
    /// <param name="path">The file to write.</param>
    /// <exception cref="WriteException">The folder or the file cannot be written.</exception>
    /// <exception cref="UrialException">The source cannot be read.</exception>
    public static void Copy(string source, string path)
    {
        var content = InputFile.Bytes(source, "file");
        Write(path, stream => stream.Write(content));
    }

    /// <summary>Moves a file that is whole to its place, over what is there; a symbolic link stays one.</summary>
    /// <param name="source">The file; on the same disk it is renamed.</param>
    /// <param name="path">Its place.</param>
    /// <exception cref="WriteException">It cannot be moved.</exception>
    internal static void Move(string source, string path)
    {
        try
        {
            MakeFolderOf(path);
            File.Move(source, FilePaths.Real(path), overwrite: true);
        }
        catch (Exception problem) when (WriteException.IsFailure(problem))
        {
            throw new WriteException($"'{path}'", problem);
        }
    }

    /// <summary>Makes the folder of a file that is to be written.</summary>
    /// <exception cref="UrialException">The file is itself a folder.</exception>
    internal static void MakeFolderOf(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new UrialException($"Cannot write {path}: it is a folder. Name a file in it.");
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
    }

    // Renaming a file over /dev/null would take the device from the whole machine.
    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && Path.GetDirectoryName(path) is "/dev" or "/dev/fd" && File.Exists(path);

    private static void Replace(string path, Action<Stream> write)
    {
        var temporary = path + "." + Path.GetRandomFileName() + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
