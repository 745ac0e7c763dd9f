namespace Urial;

/// <summary>Reads a stream line by line as it comes, each as the bytes that it is.</summary>
internal static class ByteLines
{
    /// <summary>Every line, empty ones too, without the line feed that ends it.</summary>
    public static IEnumerable<byte[]> Read(Stream input)
    {
        var buffer = new byte[1 << 16];
        using var line = new MemoryStream();
        while (input.Read(buffer) is > 0 and var count)
            for (var start = 0; start < count;)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', start, count - start);
                line.Write(buffer, start, (end < 0 ? count : end) - start);
                start = end < 0 ? count : end + 1;
                if (end < 0)
                    continue;
                yield return line.ToArray();
                line.SetLength(0);
            }
        if (line.Length > 0)
            yield return line.ToArray();
    }
}
