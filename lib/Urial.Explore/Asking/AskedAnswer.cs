using System.Text.Json;

namespace Urial.Explore;

/// <summary>An answer that a page has.</summary>
/// <param name="Ids">Its tokens.</param>
/// <param name="EndedAtStop">Whether it ended on a stop string, which is no part of them.</param>
/// <param name="Name">What the page calls it.</param>
/// <param name="Blend">λ of who gave it, or who went on with it.</param>
/// <param name="Begun">How many of its tokens were given to whoever went on with it.</param>
internal sealed record AskedAnswer(IReadOnlyList<int> Ids, bool EndedAtStop, string Name, double Blend, int Begun)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="UrialException">It is none, or beyond a limit.</exception>
    public static AskedAnswer Read(JsonElement json)
    {
        var fields = Fields.Of(json, "an answer");
        int[] ids = [.. fields.List("ids", Limits.Answer).Select(id => id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out var whole)
            ? whole : throw new UrialException("An answer's \"ids\" are whole numbers."))];
        return ids.Length == 0 ? throw new UrialException("An answer needs at least one token in \"ids\".")
            : new AskedAnswer(ids, fields.Flag("stopped"), fields.Text("name", 200) ?? "answer",
                fields.Number("blend", Limits.LeastBlend, Limits.MostBlend) ?? 1, fields.Whole("begun", 0, ids.Length) ?? 0);
    }
}
