using System.Text.Json;

namespace Urial.MicroWorld;

/// <summary>
/// Answers that a model gave once and that are kept as token ids, so that chapters which read them need not wait for them again:
/// JSON lines with <c>id</c> and <c>answer_ids</c>. Chapter 2 generates them and holds them to the stored ones.
/// </summary>
public static class StoredAnswers
{
    /// <summary>The answers of the model after SFT and DPO to the held-out queries: <c>data/runs/micro-heldout/dpo.jsonl</c>.</summary>
    public static string Dpo => Repository.Path("data", "runs", "micro-heldout", "dpo.jsonl");

    /// <summary>How many answers are, token for token, those of a file.</summary>
    /// <param name="file">The stored answers.</param>
    /// <param name="answers">Answers to compare with them, by query id.</param>
    /// <exception cref="UrialException">The file cannot be read.</exception>
    public static int Same(string file, IReadOnlyList<ShiftedAnswer> answers)
    {
        var stored = Read(file);
        return answers.Count(answer => stored.TryGetValue(answer.Id, out var ids) && answer.AnswerIds.AsSpan().SequenceEqual(ids));
    }

    /// <summary>Reads answers by query id.</summary>
    /// <exception cref="UrialException">The file is missing, a line has another form, or an id comes twice; the message names file and line.</exception>
    public static IReadOnlyDictionary<string, int[]> Read(string file)
    {
        if (!File.Exists(file))
            throw new UrialException($"No {file}: stored answers come with the repository. Restore it from git.");
        var answers = new Dictionary<string, int[]>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in InputFile.Lines(file, "stored answers"))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                using var json = JsonDocument.Parse(line);
                int[] ids = [.. json.RootElement.GetProperty("answer_ids").EnumerateArray().Select(id => id.GetInt32())];
                if (!answers.TryAdd(json.RootElement.GetProperty("id").GetString()!, ids))
                    throw new UrialException($"{file}, line {number}: the id {json.RootElement.GetProperty("id")} comes twice.");
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
            {
                throw new UrialException($"{file}, line {number} is no stored answer (id and answer_ids): {e.Message}");
            }
        }
        return answers;
    }
}
