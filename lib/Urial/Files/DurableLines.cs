using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Urial;

/// <summary>JSON lines that a killed process cannot spoil: each is on disk before the next begins, and half a last line is left out.</summary>
internal static class DurableLines
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20); // for another process that appends at the same time
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The objects of a file with their 1-based line numbers; none where there is no file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="what">What errors call it.</param>
    /// <exception cref="UrialException">The file cannot be read, or a line that is ended is no JSON object.</exception>
    public static IReadOnlyList<(int Line, JsonElement Record)> Read(string file, string what)
    {
        var records = new List<(int, JsonElement)>();
        if (!Path.Exists(file))
            return records;
        byte[] bytes;
        try
        {
            using var stream = Open(file, FileMode.Open, FileAccess.Read);
            InputFile.CheckNoPointer(stream, file, what);
            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }
        catch (Exception e) when (WriteException.IsFailure(e))
        {
            throw new UrialException($"Cannot read the {what} {file}: {e.Message}", e);
        }
        var rest = InputFile.WithoutMark(bytes, file, what);
        // Whatever stands behind the last line end is half a line: its writer was killed.
        for (var number = 1; rest.IndexOf((byte)'\n') is >= 0 and var end; number++)
        {
            var line = rest[..end].Trim(" \t\r"u8);
            rest = rest[(end + 1)..];
            if (line.Length == 0)
                continue;
            try
            {
                var record = JsonElement.Parse(Utf8.GetString(line));
                records.Add((number, record.ValueKind == JsonValueKind.Object ? record : throw new JsonException()));
            }
            catch (Exception e) when (e is JsonException or DecoderFallbackException)
            {
                throw new UrialException($"{file}, line {number}: this line of the {what} is no JSON object. Mend or remove it, or choose another file.");
            }
        }
        return records;
    }

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

    private static FileStream Open(string file, FileMode mode, FileAccess access)
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
