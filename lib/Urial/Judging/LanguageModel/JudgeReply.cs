using System.Text.Json.Nodes;

namespace Urial;

/// <summary>
/// Reads a judge's reply. Fences, text around the object, an object around the verdict, the same verdict twice and loose spelling are
/// mended; a score is taken as it stands or not at all: a whole number from 1 to 5 (also as a string), or "N/A".
/// </summary>
internal static class JudgeReply
{
    private const string Thinking = "<think>";
    private const string Thought = "</think>";
    private const int DeepestWrapping = 3;

    private static readonly char[] Opening = ['{', '｛'];

    /// <summary>The score and reason of each aspect.</summary>
    /// <exception cref="JudgeReplyException">The reply has no object with all the aspects, or a score that is none.</exception>
    public static (IReadOnlyDictionary<Aspect, int?> Scores, IReadOnlyDictionary<Aspect, string> Reasons) Scores(string reply,
        IReadOnlyList<Aspect> aspects)
    {
        var verdict = Object(reply, [.. aspects.Select(aspect => aspect.Name())]);
        var (scores, reasons) = (new Dictionary<Aspect, int?>(), new Dictionary<Aspect, string>());
        foreach (var aspect in aspects)
        {
            var place = Property(verdict, aspect.Name(), out var there);
            if (!there)
                throw new JudgeReplyException($"The judge's reply has no {aspect.Name()}.");
            if (place is not JsonObject judged || Property(judged, "score", out there) is var score && !there)
                throw new JudgeReplyException($"The judge's reply has no score for {aspect.Name()}.");
            scores[aspect] = Score(aspect, score);
            if (Property(judged, "reason", out _) is JsonValue reason && reason.TryGetValue<string>(out var why))
                reasons[aspect] = why;
        }
        return (scores, reasons);
    }

    /// <summary>A pairwise verdict: which answer the judge prefers, null for a tie, and why.</summary>
    /// <exception cref="JudgeReplyException">The reply has no verdict, or one that is none of the three.</exception>
    public static (char? Better, string Reason) Verdict(string reply)
    {
        var verdict = Object(reply, ["verdict"]);
        var reason = Property(verdict, "reason", out _) is JsonValue why && why.TryGetValue<string>(out var text) ? text : "";
        return Property(verdict, "verdict", out _) is JsonValue value && value.TryGetValue<string>(out var word)
            ? LenientText.Plain(word).ToUpperInvariant() switch
            {
                "A" => ('A', reason),
                "B" => ('B', reason),
                "TIE" => (null, reason),
                _ => throw new JudgeReplyException($"The verdict is A, B or tie, not '{ShortText.Of(word, 30)}'."),
            } : throw new JudgeReplyException("The verdict is A, B or tie, and must be a string.");
    }

    private static int? Score(Aspect aspect, JsonNode? score)
    {
        if (score is JsonValue value)
        {
            if (value.TryGetValue<decimal>(out var number) && number is 1 or 2 or 3 or 4 or 5)
                return (int)number;
            if (value.TryGetValue<string>(out var text))
                switch (LenientText.Plain(text))
                {
                    case ['1' or '2' or '3' or '4' or '5'] digit:
                        return digit[0] - '0';
                    case "N/A" or "n/a" or "NA":
                        return null;
                }
        }
        throw new JudgeReplyException($"The score for {aspect.Name()} is {ShortText.Of(score?.ToJsonString() ?? "null", 30)}: it has to "
            + "be a whole number from 1 to 5, or \"N/A\".");
    }

    /// <summary>The one object of the reply that has any of the keys. Where it comes more than once it must be the very same.</summary>
    private static JsonObject Object(string reply, string[] keys)
    {
        if (string.IsNullOrWhiteSpace(reply))
            throw new JudgeReplyException("The judge's reply is empty.");
        var text = Spoken(reply);
        var found = new List<(JsonObject Verdict, bool IsWrapped)>();
        string? problem = null;
        for (var at = text.IndexOfAny(Opening); at >= 0; at = at < text.Length ? text.IndexOfAny(Opening, at) : -1)
        {
            var reader = new LenientJson(text, at);
            try
            {
                var candidate = (JsonObject)reader.Read()!;
                at = reader.End;
                if (Unwrapped(candidate, keys) is { } verdict)
                    found.Add((verdict, verdict != candidate));
            }
            catch (FormatException e)
            {
                problem ??= e.Message;
                // Never look inside what could not be read: an answer quoted there may hold a verdict of its own.
                at = AfterBalanced(text, at);
            }
        }
        // What stands by itself comes before what stands in another object, which may be a quotation.
        var allWrapped = found.All(candidate => candidate.IsWrapped);
        JsonObject[] verdicts = [.. found.Where(candidate => candidate.IsWrapped == allWrapped).Select(candidate => candidate.Verdict)];
        if (verdicts.Length > 0)
            return verdicts.All(verdict => JsonNode.DeepEquals(verdict, verdicts[0])) ? verdicts[0]
                : throw new JudgeReplyException("The judge's reply holds several verdicts; which one it means cannot be known.");
        throw new JudgeReplyException(problem is null
            ? $"The judge's reply holds no JSON object with {keys[0]}: '{ShortText.Of(text.Trim().ReplaceLineEndings(" "), 60)}'."
            : $"The judge's reply is not JSON that can be read: {problem}.");
    }

    /// <summary>What the judge says when it has thought, out of the JSON string that some put it in.</summary>
    private static string Spoken(string reply)
    {
        var thought = reply.LastIndexOf(Thought, StringComparison.Ordinal);
        var text = thought < 0 ? reply : reply[(thought + Thought.Length)..];
        if (thought < 0 && text.TrimStart().StartsWith(Thinking, StringComparison.Ordinal))
            throw new JudgeReplyException("The judge's reply ends while it is still reasoning.");
        return text.TrimStart().StartsWith('"') && ServerJson.Text(ServerJson.Parse(text)) is { } inner ? inner : text;
    }

    /// <summary>
    /// An object that has any of the keys, or the one inside that has, through objects and lists that hold no other; null where there is
    /// none.
    /// </summary>
    private static JsonObject? Unwrapped(JsonObject candidate, string[] keys)
    {
        for (var depth = 0; ; depth++)
        {
            if (keys.Any(key => { Property(candidate, key, out var there); return there; }))
                return candidate;
            var inside = candidate.Select(pair => pair.Value is JsonArray { Count: 1 } list ? list[0] : pair.Value)
                .Where(value => value is JsonObject or JsonArray);
            if (depth == DeepestWrapping || inside.ToArray() is not [JsonObject next])
                return null;
            candidate = next;
        }
    }

    private static int AfterBalanced(string text, int at)
    {
        var depth = 0;
        for (; at < text.Length; at++)
        {
            depth += LenientText.Plain(text[at]) switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return at + 1;
        }
        return text.Length;
    }

    private static JsonNode? Property(JsonObject from, string name, out bool there)
    {
        string[] names = [.. from.Select(pair => pair.Key)
            .Where(key => LenientText.Plain(key).Equals(name, StringComparison.OrdinalIgnoreCase))];
        there = names.Length > 0;
        if (!there)
            return null;
        return names.All(key => JsonNode.DeepEquals(from[key], from[names[0]])) ? from[names[0]]
            : throw new JudgeReplyException($"The judge's reply has {name} twice, in different letters.");
    }
}
