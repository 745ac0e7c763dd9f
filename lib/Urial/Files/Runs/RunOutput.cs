using System.Text.Json;

namespace Urial;

/// <summary>
/// What a run makes: JSON lines, one for each item by its id, that are on disk as soon as they are there, so that a run that was killed
/// goes on where it was. Half a last line is dropped; everything else in the file must belong to this run. At the end the lines stand in
/// the input's order, whatever order they came in.
/// </summary>
/// <typeparam name="T">What the run keeps of a line.</typeparam>
internal sealed class RunOutput<T> : IDisposable
{
    private const string Remedy = "The run cannot go on with this file: mend or remove the line or the file, or choose another --out.";

    private readonly string _file;
    private readonly OrderedDictionary<string, (T Item, byte[] Line)> _written = new(StringComparer.Ordinal);

    // Unbuffered, so that closing it has nothing left to write that could fail. Nobody else may write meanwhile.
    private readonly FileStream _stream;

    /// <summary>Opens the file, or makes it, reads what is there, and leaves what stays.</summary>
    /// <param name="file">The file.</param>
    /// <param name="item">What its lines are, for messages: <c>answer</c>.</param>
    /// <param name="read">Makes of a line what the run keeps, or throws why it cannot.</param>
    /// <param name="stays">Whether a line stays; otherwise its item is tried again. It throws where the file is another run's.</param>
    /// <exception cref="UrialException">The file cannot be opened, or holds something that is not of this run.</exception>
    public RunOutput(string file, string item, Func<JsonLine, T> read, Func<string, T, bool> stays)
    {
        _file = file;
        _stream = Open();
        try
        {
            foreach (var (line, kept) in JsonLines.ReadAppended(_stream, file, item, line => (line, read(line)), Remedy,
                JsonIds.TextOrNumber))
                if (stays(line.Id!, kept))
                    _written.Add(line.Id!, (kept, [.. System.Text.Encoding.UTF8.GetBytes(line.Json.GetRawText()), (byte)'\n']));
            Earlier = _written.Count;
            if (_stream.Length == _written.Values.Sum(one => one.Line.Length))
                return;
            // Half a line, or what is tried again: replaced as a whole, since what stays was perhaps paid for.
            _stream.Dispose();
            AtomicFile.Write(file, whole => Write(whole, _written.Keys));
            _stream = Open();
            _stream.Seek(0, SeekOrigin.End);
        }
        catch (Exception e)
        {
            _stream.Dispose();
            if (WriteException.IsFailure(e))
                throw new WriteException(file, e);
            throw;
        }
    }

    /// <summary>How many lines were there before.</summary>
    public int Earlier { get; }

    /// <summary>How many lines there are.</summary>
    public int Count => _written.Count;

    /// <summary>What is kept of each line, in the order of the file.</summary>
    public IEnumerable<T> Items => _written.Values.Select(kept => kept.Item);

    /// <summary>Whether an item's line is there.</summary>
    public bool Has(string id) => _written.ContainsKey(id);

    /// <summary>What is kept of an item's line.</summary>
    public T Of(string id) => _written[id].Item;

    /// <summary>Adds lines and sees to it that they are on the disk.</summary>
    /// <param name="lines">Each item's id, what is kept of it, and what writes it.</param>
    /// <param name="toDisk">Whether to wait for the disk, so that the lines outlive a power cut too, and not only the process.</param>
    /// <exception cref="WriteException">The file cannot be written.</exception>
    public void Append(IEnumerable<(string Id, T Item, Action<Utf8JsonWriter> Write)> lines, bool toDisk = true)
    {
        try
        {
            foreach (var (id, item, write) in lines)
            {
                var line = DurableLines.Line(write);
                _written.Add(id, (item, line));
                _stream.Write(line);
            }
            _stream.Flush(toDisk);
        }
        catch (Exception e) when (WriteException.IsFailure(e))
        {
            throw new WriteException(_file, e);
        }
    }

    /// <summary>Leaves the lines in the order of their items and closes the file.</summary>
    /// <param name="ids">The items' ids in that order.</param>
    /// <exception cref="WriteException">The file cannot be written.</exception>
    public void Finish(IEnumerable<string> ids)
    {
        Dispose();
        string[] order = [.. ids.Where(Has)];
        if (!File.Exists(_file) || !order.SequenceEqual(_written.Keys, StringComparer.Ordinal))
            AtomicFile.Write(_file, whole => Write(whole, order));
    }

    /// <summary>Removes the file, of which nothing came.</summary>
    public void Discard()
    {
        Dispose();
        File.Delete(_file);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Write(Stream whole, IEnumerable<string> ids)
    {
        foreach (var id in ids)
            whole.Write(_written[id].Line);
    }

    private FileStream Open()
    {
        try
        {
            AtomicFile.MakeFolderOf(_file);
            return new FileStream(_file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (WriteException.IsFailure(e))
        {
            throw new UrialException($"Cannot write {_file}: {e.Message} Another run may be writing it.", e);
        }
    }
}
