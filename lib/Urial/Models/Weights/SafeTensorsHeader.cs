using System.Text.Json;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// The header of a safetensors file: 8 bytes of length, then JSON. Everything in it is checked before a byte of data is used.
/// Format: https://huggingface.co/docs/safetensors (sizes are products of shapes; data has no overlaps and no holes).
/// </summary>
internal sealed class SafeTensorsHeader
{
    private const long LongestHeader = 100_000_000;

    private static readonly (string Name, ScalarType Type, int Bytes)[] Formats =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    public Dictionary<string, TensorInfo> Tensors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Where the data begins in the file, in bytes.</summary>
    public long DataStart { get; private init; }

    public static SafeTensorsHeader Read(Stream stream, string path)
    {
        if (stream.Length < 8)
            throw Broken(path, $"it has {stream.Length} bytes, and the length of the header alone takes 8");
        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        var length = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestHeader || (long)length > stream.Length - 8)
            throw Broken(path, $"its header claims {length} bytes, and {stream.Length - 8} follow");
        var json = new byte[length];
        stream.ReadExactly(json);

        var header = new SafeTensorsHeader { DataStart = 8 + (long)length };
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Broken(path, "its header is not a JSON object");
            foreach (var entry in document.RootElement.EnumerateObject())
                header.Add(entry, path);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            throw Broken(path, $"its header cannot be read as JSON ({problem.Message.TrimEnd('.')})");
        }
        header.CheckLayout(stream.Length - header.DataStart, path);
        return header;
    }

    /// <summary>The tensor type of a stored format, or null where it is not supported.</summary>
    public static ScalarType? TypeOf(string dtype) =>
        Formats.Where(format => format.Name == dtype).Select(format => (ScalarType?)format.Type).FirstOrDefault();

    /// <summary>The stored format's name of a tensor type.</summary>
    public static string NameOf(ScalarType type) =>
        Formats.Where(format => format.Type == type).Select(format => format.Name).FirstOrDefault()
        ?? throw new ArgumentException($"safetensors files hold no {type}");

    public static UrialException Broken(string path, string why) =>
        new($"'{path}' is not a whole safetensors file: {why}. Download or copy the file again.");

    private void Add(JsonProperty entry, string path)
    {
        if (entry.Name == "__metadata__")
        {
            foreach (var item in entry.Value.EnumerateObject())
                Metadata[item.Name] = item.Value.GetString() ?? "";
            return;
        }
        if (!entry.Value.TryGetProperty("dtype", out var dtype) || !entry.Value.TryGetProperty("shape", out var shape)
            || !entry.Value.TryGetProperty("data_offsets", out var offsets) || offsets.GetArrayLength() != 2)
            throw Broken(path, $"tensor '{entry.Name}' lacks its dtype, shape or two data_offsets");
        var format = dtype.GetString() ?? "";
        var elementBytes = Formats.FirstOrDefault(known => known.Name == format).Bytes;
        if (elementBytes == 0)
            throw new UrialException($"'{path}': tensor '{entry.Name}' is stored as {format}, which is not supported. Use a version of "
                + "the model stored as F32, BF16 or F16.");
        var info = new TensorInfo(entry.Name, format, [.. shape.EnumerateArray().Select(size => size.GetInt64())], offsets[0].GetInt64(),
            offsets[1].GetInt64());
        if (info.Shape.Any(size => size < 0) || info.Begin < 0 || info.End < info.Begin)
            throw Broken(path, $"tensor '{info.Name}' has shape {info.ShapeText} at bytes {info.Begin} to {info.End}");
        var bytes = info.Shape.Aggregate((Int128)elementBytes, (product, size) => Int128.Min(product * size, long.MaxValue));
        if (bytes != info.End - info.Begin)
            throw Broken(path, $"tensor '{info.Name}' of {info.DType} {info.ShapeText} takes {bytes} bytes, and its offsets "
                + $"span {info.End - info.Begin}");
        if (!Tensors.TryAdd(info.Name, info))
            throw Broken(path, $"tensor '{info.Name}' occurs twice in its header");
    }

    private void CheckLayout(long dataLength, string path)
    {
        long end = 0;
        foreach (var info in Tensors.Values.OrderBy(info => info.Begin).ThenBy(info => info.End))
        {
            if (info.Begin != end)
                throw Broken(path, $"tensor '{info.Name}' begins at byte {info.Begin} of the data, and the one before it ends at {end}");
            end = info.End;
        }
        if (end > dataLength)
            throw Broken(path, $"it is truncated: its header describes {end} bytes of data, and {dataLength} are there");
        if (end < dataLength)
            throw Broken(path, $"its header describes {end} bytes of data, and {dataLength} are there");
    }
}
