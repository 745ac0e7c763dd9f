namespace Urial;

/// <summary>
/// An answers' file that grows batch by batch, so that a run that is killed goes on where it was. A half-written last line is dropped;
/// everything else in the file must be an answer to a prompt of this run.
/// </summary>
internal sealed class ResumableAnswers : IDisposable
{
    private readonly string path;
    private readonly Dictionary<string, WrittenAnswer> written = new(StringComparer.Ordinal);
    private readonly FileStream stream; // unbuffered, so that closing it has nothing left to write that could fail; nobody else may write meanwhile: two runs into one file would ask for everything twice

    /// <summary>Opens the file, or makes it, and reads what is there.</summary>
    /// <exception cref="UrialException">The file cannot be opened, or holds something that is no answer.</exception>
    public ResumableAnswers(string path)
    {
        this.path = path;
        try
        {
            AtomicFile.MakeFolderOf(path);
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UrialException($"Cannot write {path}: {e.Message} Another run may be writing it.", e);
        }
        try
        {
            Read();
        }
        catch (Exception e)
        {
            stream.Dispose();
            if (WriteException.IsFailure(e))
                throw new WriteException(path, e);
            throw;
        }
    }

    /// <summary>The answers in the file, by id.</summary>
    public IReadOnlyDictionary<string, WrittenAnswer> Written => written;

    /// <summary>Adds answers and sees to it that they are on the disk.</summary>
    /// <param name="lines">Lines with their line breaks.</param>
    /// <exception cref="WriteException">The file cannot be written.</exception>
    public void Append(IEnumerable<byte[]> lines)
    {
        try
        {
            foreach (byte[] line in lines)
            {
                WrittenAnswer answer = WrittenAnswer.Of(line)!;
                written.Add(answer.Id, answer);
                stream.Write(line);
            }
            stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (WriteException.IsFailure(e))
        {
            throw new WriteException(path, e);
        }
    }

    /// <summary>Leaves the answers in the order of their queries, whatever order they came in, and closes the file.</summary>
    /// <param name="ids">The ids in that order.</param>
    /// <exception cref="WriteException">The file cannot be written.</exception>
    public void Finish(IEnumerable<string> ids)
    {
        Dispose();
        byte[] ordered = [.. ids.Where(written.ContainsKey).SelectMany(id => written[id].Line)];
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(ordered))
            AtomicFile.Write(path, file => file.Write(ordered));
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void Read()
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        ReadOnlySpan<byte> rest = bytes;
        for (int number = 1; rest.IndexOf((byte)'\n') is >= 0 and var end; number++, rest = rest[(end + 1)..])
        {
            WrittenAnswer answer = WrittenAnswer.Of(rest[..(end + 1)].ToArray())
                ?? throw new UrialException($"{path}:{number}: the line is no answer, so the run cannot go on with this file. Delete the line or the file, or choose another --out.");
            if (!written.TryAdd(answer.Id, answer))
                throw new UrialException($"{path}:{number}: the id \"{answer.Id}\" is there twice, so the run cannot go on with this file. Delete the line or the file, or choose another --out.");
        }
        if (rest.Length > 0)
            stream.SetLength(bytes.Length - rest.Length);
        stream.Seek(0, SeekOrigin.End);
    }
}
