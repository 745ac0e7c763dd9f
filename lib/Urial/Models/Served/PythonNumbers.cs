namespace Urial;

/// <summary>The numbers that Python writes and JSON does not have: NaN, Infinity and −Infinity.</summary>
internal static class PythonNumbers
{
    private static readonly byte[][] Words = ["-Infinity"u8.ToArray(), "Infinity"u8.ToArray(), "NaN"u8.ToArray()];

    /// <summary>The JSON with each such number as a string; null where there is none.</summary>
    public static byte[]? Quoted(ReadOnlySpan<byte> json)
    {
        var (quoted, found, inText) = (new MemoryStream(json.Length + 64), false, false);
        for (var at = 0; at < json.Length;)
        {
            var letter = json[at];
            if (letter == '"')
                inText = !inText;
            else if (letter == '\\' && inText && at + 1 < json.Length)
                quoted.WriteByte(json[at++]);
            else if (!inText && Word(json[at..]) is { } word)
            {
                quoted.WriteByte((byte)'"');
                quoted.Write(word);
                quoted.WriteByte((byte)'"');
                (at, found) = (at + word.Length, true);
                continue;
            }
            quoted.WriteByte(json[at++]);
        }
        return found ? quoted.ToArray() : null;
    }

    private static byte[]? Word(ReadOnlySpan<byte> json)
    {
        foreach (var word in Words)
            if (json.StartsWith(word))
                return word;
        return null;
    }
}
