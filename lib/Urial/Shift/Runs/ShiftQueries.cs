using System.Text.Json;

namespace Urial;

/// <summary>
/// Reads a queries file: JSON objects, one a line, in UTF-8. An object has <c>id</c> and either <c>instruction</c>, or
/// <c>base_prompt</c> and <c>aligned_prompt</c>, which are then used verbatim (an instruction beside them is kept as the
/// query's text); and optionally <c>answer_ids</c>, with the end-of-sequence token where the answer ended. Other fields are ignored, as are empty lines.
/// </summary>
public static class ShiftQueries
{
    /// <summary>Reads every line that is not empty; a bad line carries its error and does not stop the others.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UrialException">The file cannot be read, or holds no line.</exception>
    public static IReadOnlyList<ShiftLine> Read(string path) => [.. JsonLines.Read(path, "queries file", "\"id\" and \"instruction\"").Select(Line)];

    private static ShiftLine Line(JsonLine line)
    {
        try
        {
            return new ShiftLine(line.Number, line.Id, line.Error is null ? Query(line) : null, line.Error);
        }
        catch (UrialException e)
        {
            return new ShiftLine(line.Number, line.Id, null, e.Message);
        }
    }

    private static ShiftQuery Query(JsonLine line)
    {
        var instruction = line.Text("instruction");
        var basePrompt = line.Text("base_prompt");
        var alignedPrompt = line.Text("aligned_prompt");
        var answer = AnswerIds(line.Json);
        if (basePrompt is not null && alignedPrompt is not null)
            return ShiftQuery.Verbatim(line.Id!, basePrompt, alignedPrompt, answer, instruction ?? "");
        if (basePrompt is not null || alignedPrompt is not null)
            throw new UrialException(basePrompt is null
                ? "\"aligned_prompt\" needs a \"base_prompt\" beside it."
                : "\"base_prompt\" needs an \"aligned_prompt\" beside it.");
        return ShiftQuery.Of(
            line.Id!,
            instruction ?? throw new UrialException("The line has neither \"instruction\" nor \"base_prompt\" and \"aligned_prompt\"."),
            answer);
    }

    private static int[]? AnswerIds(JsonElement line)
    {
        if (!line.TryGetProperty("answer_ids", out var list) || list.ValueKind == JsonValueKind.Null)
            return null;
        if (list.ValueKind != JsonValueKind.Array)
            throw new UrialException("\"answer_ids\" is not a list of token ids.");
        var ids = new int[list.GetArrayLength()];
        for (var i = 0; i < ids.Length; i++)
            if (list[i].ValueKind != JsonValueKind.Number || !list[i].TryGetInt32(out ids[i]))
                throw new UrialException($"\"answer_ids\" holds {list[i].GetRawText()} at position {i}, which is not a token id.");
        return ids;
    }
}
