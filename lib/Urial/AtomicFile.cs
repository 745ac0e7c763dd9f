namespace Urial;

/// <summary>Writes whole files: a reader sees the old content or the new one, never a half-written file.</summary>
public static class AtomicFile
{
    /// <summary>Writes to a temporary file in the same folder and renames it over <paramref name="path"/>.</summary>
    /// <param name="path">The file to write; its folder is created where it is missing. A symbolic link stays one: its file is written.</param>
    /// <param name="write">Writes the content to the stream it is given.</param>
    /// <exception cref="UrialException">The folder or the file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string full = FilePaths.Real(path);
        string temporary = full + "." + Path.GetRandomFileName() + ".tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            try
            {
                using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20))
                {
                    write(stream);
                    stream.Flush(flushToDisk: true);
                }
                File.Move(temporary, full, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UrialException($"Cannot write '{path}': {problem.Message} Choose a folder that can be written and has room.");
        }
    }

    /// <summary>Writes text as UTF-8 without a byte-order mark.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="text">Its whole content.</param>
    /// <exception cref="UrialException">The folder or the file cannot be written.</exception>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
