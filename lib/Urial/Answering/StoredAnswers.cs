using Parquet;
using Parquet.Serialization;

namespace Urial;

/// <summary>Answers that <c>urial generate</c> stored, as JSON lines or as Parquet.</summary>
public static class StoredAnswers
{
    /// <summary>Whether a file's name says that it is Parquet.</summary>
    /// <param name="file">The file.</param>
    internal static bool IsParquet(string file) => file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a file of answers, in its order.</summary>
    /// <param name="path">The file: JSON lines, or Parquet where its name ends so.</param>
    /// <exception cref="UrialException">It cannot be read, or holds something else; the message names it.</exception>
    public static IReadOnlyList<StoredAnswer> Read(string path)
    {
        if (!IsParquet(path))
            return JsonLines.ReadAll(path, "answers file", "\"id\", \"output\", \"answer_ids\" and \"stop_reason\"", Answer,
                JsonIds.TextOrNumber);
        using var memory = new MemoryStream(InputFile.Bytes(path, "answers file"));
        try
        {
            // Parquet.Net reads asynchronously only; from memory nothing waits.
            return [.. ParquetSerializer.DeserializeAsync<StoredAnswer>(memory).GetAwaiter().GetResult().Data];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new UrialException(
                $"{path} holds no answers as `urial generate` writes them ({e.Message}). Make them again, or restore the file from "
                    + "git.", e);
        }
    }

    /// <summary>Writes answers as Parquet.</summary>
    internal static void Write(string path, IReadOnlyList<StoredAnswer> answers)
    {
        using var memory = new MemoryStream();
        ParquetSerializer.SerializeAsync(answers, memory, new ParquetOptions { CompressionMethod = CompressionMethod.Zstd })
            .GetAwaiter().GetResult();
        AtomicFile.Write(path, stream => stream.Write(memory.ToArray()));
    }

    private static StoredAnswer Answer(JsonLine line) => new()
    {
        Id = line.Id!,
        Output = line.Need("output"),
        AnswerIds = [.. line.NeedTokenIds("answer_ids")],
        StopReason = line.Need("stop_reason"),
    };
}
