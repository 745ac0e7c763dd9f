using System.IO.MemoryMappedFiles;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// A safetensors file, mapped into memory: its header is checked at once, tensors are copied when asked for.
/// Format: https://huggingface.co/docs/safetensors.
/// </summary>
public sealed class SafeTensors : IDisposable
{
    // Bytes that are mapped at a time: what is mapped counts as the process's memory until it is let go.
    private const long Window = 32 << 20;

    private readonly MemoryMappedFile? _map; // null where the file holds no data
    private readonly SafeTensorsHeader _header;
    private readonly Dictionary<ScalarType, Tensor> _whole = []; // the file as if all of it were numbers of a type, where asked for

    private SafeTensors(string path, MemoryMappedFile? map, SafeTensorsHeader header)
    {
        Path = path;
        _map = map;
        _header = header;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Bytes of header and data.</summary>
    internal long Length => _header.DataStart + Tensors.Values.Select(tensor => tensor.End).DefaultIfEmpty().Max();

    /// <summary>What the header says about each tensor, by name.</summary>
    public IReadOnlyDictionary<string, TensorInfo> Tensors => _header.Tensors;

    /// <summary>Free text stored beside the tensors, such as <c>format: pt</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">A <c>.safetensors</c> file.</param>
    /// <exception cref="UrialException">
    /// The file is missing, truncated, damaged, or holds a number format that is not supported.
    /// </exception>
    public static SafeTensors Open(string path)
    {
        FileStream? stream = null;
        try
        {
            stream = InputFile.Open(path, "safetensors file");
            var header = SafeTensorsHeader.Read(stream, path);
            if (stream.Length > header.DataStart)
                return new SafeTensors(path, MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read,
                    HandleInheritability.None, leaveOpen: false), header);
            stream.Dispose();
            return new SafeTensors(path, null, header);
        }
        catch (Exception problem)
        {
            stream?.Dispose();
            if (WriteException.IsFailure(problem))
                throw new UrialException($"Cannot read '{path}': {problem.Message}", problem);
            throw;
        }
    }

    /// <summary>Reads one tensor in its stored format.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <exception cref="UrialException">The file holds no such tensor.</exception>
    public Tensor Read(string name)
    {
        var info = Find(name);
        var tensor = empty(info.Shape, SafeTensorsHeader.TypeOf(info.DType)!.Value);
        using var flat = tensor.view(-1);
        var elements = Math.Max(1, Window / tensor.ElementSize);
        for (long start = 0; start < flat.NumberOfElements; start += elements)
        {
            using var part = flat.narrow(0, start, Math.Min(elements, flat.NumberOfElements - start));
            Copy(_header.DataStart + info.Begin + start * tensor.ElementSize, part.bytes);
        }
        return tensor;
    }

    /// <summary>
    /// A tensor in its stored format whose memory is the file's: nothing is read before it is used, and processes share it. What is written
    /// to it stays with the process (the mapping is private). The file must not be overwritten in place while the tensor lives; replacing
    /// it does no harm.
    /// </summary>
    /// <param name="name">Its name in the file.</param>
    /// <returns>Null where the tensor's bytes begin where none of its type can.</returns>
    /// <exception cref="UrialException">The file holds no such tensor.</exception>
    internal Tensor? Map(string name)
    {
        var info = Find(name);
        var (start, type) = (_header.DataStart + info.Begin, SafeTensorsHeader.TypeOf(info.DType)!.Value);
        var bytes = type.ElementSize();
        if (info.End == info.Begin || start % bytes != 0)
            return null;
        if (!_whole.TryGetValue(type, out var whole))
        {
            whole = from_file(Path, shared: false, size: Length / bytes, dtype: type).DetachFromDisposeScope();
            _whole.Add(type, whole);
        }
        using var part = whole.narrow(0, start / bytes, (info.End - info.Begin) / bytes);
        return part.view(info.Shape);
    }

    /// <summary>Writes tensors to a file that Hugging Face's libraries read: names in order, data aligned to 8 bytes.</summary>
    /// <param name="path">The file; it is replaced as a whole or not at all.</param>
    /// <param name="tensors">Names and values. Values are stored in the format they have.</param>
    /// <param name="metadata">Free text to store beside them; <c>format: pt</c> where null, which transformers asks for.</param>
    /// <exception cref="UrialException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">A name occurs twice, or a tensor's format has no name in safetensors files.</exception>
    public static void Write(string path, IEnumerable<(string Name, Tensor Value)> tensors,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        // Wide formats first keeps every tensor aligned to its own element size, as the reference implementation does.
        (string Name, Tensor Value)[] ordered = [
            .. tensors.OrderByDescending(t => t.Value.ElementSize).ThenBy(t => t.Name, StringComparer.Ordinal)];
        if (ordered.GroupBy(t => t.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"tensor '{twice.Key}' is given twice for '{path}'");
        var header = Header(ordered, metadata ?? new Dictionary<string, string> { ["format"] = "pt" });
        AtomicFile.Write(path, output =>
        {
            output.Write(BitConverter.GetBytes((ulong)header.Length));
            output.Write(header);
            foreach (var (_, value) in ordered)
                WriteData(output, value);
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _map?.Dispose();
        foreach (var whole in _whole.Values)
            whole.Dispose();
    }

    internal static string Excerpt(IEnumerable<string> names)
    {
        string[] sorted = [.. names.Order(StringComparer.Ordinal)];
        var shown = string.Join(", ", sorted.Take(5).Select(name => $"'{name}'"));
        return sorted.Length == 0 ? "none" : sorted.Length > 5 ? $"{shown} and {sorted.Length - 5} more" : shown;
    }

    private TensorInfo Find(string name) => _header.Tensors.TryGetValue(name, out var info) ? info
        : throw new UrialException($"'{Path}' holds no tensor '{name}'. It holds: {Excerpt(_header.Tensors.Keys)}.");

    private unsafe void Copy(long offset, Span<byte> target)
    {
        using var view = _map!.CreateViewAccessor(offset, target.Length, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            new ReadOnlySpan<byte>(start + view.PointerOffset, target.Length).CopyTo(target);
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    private static byte[] Header((string Name, Tensor Value)[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata.OrderBy(item => item.Key, StringComparer.Ordinal))
                json.WriteString(key, value);
            json.WriteEndObject();
            long offset = 0;
            foreach (var (name, value) in tensors)
            {
                var end = offset + value.NumberOfElements * value.ElementSize;
                json.WriteStartObject(name);
                json.WriteString("dtype", SafeTensorsHeader.NameOf(value.dtype));
                json.WritePropertyName("shape");
                JsonSerializer.Serialize(json, value.shape);
                json.WritePropertyName("data_offsets");
                JsonSerializer.Serialize(json, new[] { offset, end });
                json.WriteEndObject();
                offset = end;
            }
            json.WriteEndObject();
        }
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteData(Stream output, Tensor value)
    {
        using var scope = NewDisposeScope();
        var flat = value.detach().cpu().contiguous().view(-1);
        const long step = 1 << 24;
        for (long start = 0; start < flat.NumberOfElements; start += step)
        {
            using var part = flat.narrow(0, start, Math.Min(step, flat.NumberOfElements - start));
            output.Write(part.bytes);
        }
    }
}
