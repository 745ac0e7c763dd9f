using System.Text;
using System.Text.Json;

namespace Urial;

/// <summary>
/// Reads the files that a reader names. What does not depend on a file's kind is told here, once: it is missing or a folder, it is a
/// Git LFS pointer, it is no UTF-8. A byte-order mark, which editors on Windows put before a text, is passed over.
/// </summary>
public static class InputFile
{
    private const int LongestPointer = 1024; // bytes, by the specification of Git LFS

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What errors call it, such as <c>queries file</c>; its path follows.</param>
    /// <exception cref="UrialException">It cannot be read, or is a Git LFS pointer.</exception>
    public static FileStream Open(string path, string what)
    {
        FileStream? stream = null;
        try
        {
            if (Directory.Exists(path))
                throw new UrialException($"Cannot read the {what} {path}: it is a folder. Name a file.");
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16);
            CheckNoPointer(stream, path, what);
            return stream;
        }
        catch (Exception problem)
        {
            stream?.Dispose();
            if (problem is FileNotFoundException or DirectoryNotFoundException)
                throw new UrialException($"Cannot read the {what} {path}: there is no such file. Check the path.", problem);
            if (WriteException.IsFailure(problem))
                throw Unreadable(path, what, problem);
            throw;
        }
    }

    /// <summary>The whole file as it lies on disk.</summary>
    /// <inheritdoc cref="Open"/>
    public static byte[] Bytes(string path, string what)
    {
        using var stream = Open(path, what);
        try
        {
            // The length of a pipe is not known beforehand, and a file may grow.
            var content = new byte[stream.CanSeek ? Math.Min(stream.Length, Array.MaxLength) : 0];
            var read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            using var rest = new MemoryStream();
            stream.CopyTo(rest);
            return read == content.Length && rest.Length == 0 ? content : [.. content.AsSpan(0, read), .. rest.ToArray()];
        }
        catch (IOException problem)
        {
            throw Unreadable(path, what, problem);
        }
    }

    /// <summary>A file of text, without the byte-order mark.</summary>
    /// <inheritdoc cref="Open"/>
    /// <exception cref="UrialException">It cannot be read, is a Git LFS pointer, or is no UTF-8.</exception>
    public static string Text(string path, string what)
    {
        try
        {
            return JsonText.Decode(WithoutMark(Bytes(path, what), path, what));
        }
        catch (DecoderFallbackException problem)
        {
            throw NoUtf8(path, what, problem.Index);
        }
    }

    /// <summary>The lines of a file of text, without their ends.</summary>
    /// <inheritdoc cref="Text"/>
    public static IEnumerable<string> Lines(string path, string what)
    {
        using var text = new StringReader(Text(path, what));
        while (text.ReadLine() is { } line)
            yield return line;
    }

    /// <summary>A file that holds one JSON value.</summary>
    /// <inheritdoc cref="Open"/>
    /// <exception cref="UrialException">It cannot be read, is a Git LFS pointer, or is no JSON in UTF-8.</exception>
    public static JsonElement Json(string path, string what) => Json(Bytes(path, what), path, what);

    /// <summary>As the other, for a file that was read already.</summary>
    internal static JsonElement Json(byte[] content, string path, string what)
    {
        var text = WithoutMark(content, path, what);
        if (text.Trim(" \t\r\n"u8).IsEmpty)
            throw new UrialException($"The {what} {path} is empty: download or copy it again.");
        // The parser looks into a string's bytes only when it is asked for that string.
        if (!Utf8IsValid(text, out var at))
            throw NoUtf8(path, what, at);
        try
        {
            CheckCharacters(text, path, what);
            return JsonElement.Parse(text);
        }
        catch (JsonException problem)
        {
            throw new UrialException($"The {what} {path} is not valid JSON (line {problem.LineNumber + 1}): it may be cut off; download "
                + $"or copy it again.", problem);
        }
    }

    /// <summary>A text's bytes without the mark that may stand before them.</summary>
    /// <exception cref="UrialException">The mark says that the text is UTF-16.</exception>
    internal static ReadOnlySpan<byte> WithoutMark(byte[] content, string path, string what)
    {
        var text = content.AsSpan();
        if (text.StartsWith(Encoding.Unicode.Preamble) || text.StartsWith(Encoding.BigEndianUnicode.Preamble))
            throw new UrialException($"The {what} {path} is UTF-16 text: save it as UTF-8.");
        return text.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text;
    }

    /// <summary>Refuses a Git LFS pointer, and leaves the stream at its beginning.</summary>
    internal static void CheckNoPointer(FileStream stream, string path, string what)
    {
        if (!stream.CanSeek || stream.Length > LongestPointer)
            return;
        var content = new byte[stream.Length];
        var text = content.AsSpan(0, stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false));
        stream.Position = 0;
        // hawser: its first name
        if (text.StartsWith("version https://git-lfs.github.com/spec/"u8) || text.StartsWith("version https://hawser.github.com/spec/"u8))
            throw new UrialException($"The {what} {path} is a Git LFS pointer: the name of the file's content, and not the content. "
                + "Run \"git lfs pull\" in the clone that it comes from, or download the file itself.");
    }

    // An escaped half of a surrogate pair is JSON and no text: whoever asks for that string would fail.
    private static void CheckCharacters(ReadOnlySpan<byte> text, string path, string what)
    {
        if (text.IndexOf("\\ud"u8) < 0 && text.IndexOf("\\uD"u8) < 0)
            return;
        var reader = new Utf8JsonReader(text);
        while (reader.Read())
            try
            {
                if (reader.ValueIsEscaped)
                    reader.GetString();
            }
            catch (InvalidOperationException problem)
            {
                throw new UrialException(
                    FormattableString.Invariant($"The {what} {path} holds half of a surrogate pair, which is no character ")
                        + FormattableString.Invariant($"(byte {reader.TokenStartIndex}): download or copy it again."), problem);
            }
    }

    private static bool Utf8IsValid(ReadOnlySpan<byte> text, out int firstWrong)
    {
        firstWrong = System.Text.Unicode.Utf8.IsValid(text) ? -1 : 0;
        if (firstWrong < 0)
            return true;
        while (Rune.DecodeFromUtf8(text[firstWrong..], out _, out var length) == System.Buffers.OperationStatus.Done)
            firstWrong += length;
        return false;
    }

    private static UrialException NoUtf8(string path, string what, int at) =>
        new(FormattableString.Invariant($"The {what} {path} is not valid UTF-8 (byte {at}): save it as UTF-8, or download it again."));

    private static UrialException Unreadable(string path, string what, Exception problem) =>
        new($"Cannot read the {what} {path}: {problem.Message}", problem);
}
