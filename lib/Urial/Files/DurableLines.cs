using System.Text.Encodings.Web;
using System.Text.Json;

namespace Urial;

/// <summary>
/// Writes JSON lines that a killed process cannot spoil: each is on disk before the next begins, and <see cref="JsonLines"/>
/// leaves half a last line out.
/// </summary>
internal static class DurableLines
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20); // for another process that appends at the same time

    /// <summary>
    /// Appends an object as a line; half a last line that is there already is cut off. Several processes may append to one file:
    /// each waits for the other's line.
    /// </summary>
    /// <param name="file">The file; it is made where it is missing.</param>
    /// <param name="write">Writes the object.</param>
    /// <param name="toDisk">Whether to wait for the disk, so that the line outlives a power cut too, and not only the process.</param>
    /// <exception cref="UrialException">The file cannot be written.</exception>
    public static void Append(string file, Action<Utf8JsonWriter> write, bool toDisk = true)
    {
        var line = Line(write);
        try
        {
            AtomicFile.MakeFolderOf(file);
            using var stream = Open(file, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            stream.Position = EndOfLastLine(stream);
            if (stream.Length > stream.Position)
                stream.SetLength(stream.Position);
            stream.Write(line);
            stream.Flush(toDisk);
        }
        catch (Exception e) when (WriteException.IsFailure(e))
        {
            throw new WriteException(file, e);
        }
    }

    /// <summary>Opens a file for this handle alone, once nobody else has it.</summary>
    /// <exception cref="IOException">It cannot be opened, or another process keeps it.</exception>
    public static FileStream Open(string file, FileMode mode, FileAccess access)
    {
        FileStream? stream = null;
        SpinWait.SpinUntil(() => (stream = OutputLock.TryOpen(file, mode, access)) is not null, Patience);
        return stream ?? throw new IOException("another process keeps it open.");
    }

    /// <summary>An object as one line, line end included.</summary>
    public static byte[] Line(Action<Utf8JsonWriter> write)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, Plain))
            write(json);
        memory.WriteByte((byte)'\n');
        return memory.ToArray();
    }

    /// <summary>Writes a list of token ids as a field.</summary>
    public static void WriteTokenIds(this Utf8JsonWriter json, string name, IEnumerable<int> ids)
    {
        json.WriteStartArray(name);
        foreach (var id in ids)
            json.WriteNumberValue(id);
        json.WriteEndArray();
    }

    /// <summary>Writes an id as a field, as the number that it was where it was read.</summary>
    public static void WriteId(this Utf8JsonWriter json, string id, bool isNumber)
    {
        json.WritePropertyName("id");
        if (isNumber)
            json.WriteRawValue(id);
        else
            json.WriteStringValue(id);
    }

    private static long EndOfLastLine(FileStream stream)
    {
        for (var at = stream.Length; at > 0; at--)
        {
            stream.Position = at - 1;
            if (stream.ReadByte() == '\n')
                return at;
        }
        return 0;
    }
}
