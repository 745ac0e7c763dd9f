using System.Text.Json;

namespace Urial;

/// <summary>A line of an answers' file that is there already.</summary>
/// <param name="Id">The query's id.</param>
/// <param name="PromptIds">The prompt it answers.</param>
/// <param name="StopReason">Why the answer ended, as the file says it.</param>
/// <param name="Line">The line's bytes, with its line break.</param>
internal sealed record WrittenAnswer(string Id, int[] PromptIds, string StopReason, byte[] Line)
{
    /// <summary>Reads a line; null where it is none.</summary>
    public static WrittenAnswer? Of(byte[] line)
    {
        try
        {
            using var json = JsonDocument.Parse(line.AsMemory());
            var id = json.RootElement.GetProperty("id");
            int[] prompt = [.. json.RootElement.GetProperty("prompt_ids").EnumerateArray().Select(x => x.GetInt32())];
            return new WrittenAnswer(id.ValueKind == JsonValueKind.Number ? id.GetRawText() : id.GetString()!, prompt, json.RootElement.GetProperty("stop_reason").GetString()!, line);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }
}
