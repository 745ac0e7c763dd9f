using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Urial;

/// <summary>
/// Reads why a server refused a call, in whatever shape it says so: OpenAI's, vLLM's, Ollama's, FastAPI's, a proxy's page, plain text.
/// </summary>
internal static partial class ServerReason
{
    private const int Deepest = 6;

    // Where reasons stand, and what stands for one where there is none.
    private static readonly string[] Reasons =
        ["error", "message", "msg", "detail", "details", "errors", "error_message", "error_description", "reason"];
    private static readonly string[] Names = ["title", "code", "type", "error_type", "status"];

    /// <summary>Whether a body, or a choice in it, says that there was an error.</summary>
    public static bool IsError(JsonElement record)
    {
        if (ServerJson.Text(ServerJson.Field(record, "object")) == "error")
            return true;
        return ServerJson.Field(record, "error") is { } error && error.ValueKind switch
        {
            JsonValueKind.False => false,
            JsonValueKind.String => ServerJson.Text(error)!.Length > 0,
            JsonValueKind.Object => error.EnumerateObject().Any(),
            JsonValueKind.Array => error.GetArrayLength() > 0,
            JsonValueKind.Number => ServerJson.Count(error) != 0,
            _ => true,
        };
    }

    /// <summary>The reason as one line; empty where the body says nothing.</summary>
    /// <param name="body">The body of the server's answer.</param>
    /// <param name="controls">Whether control characters stay, for a caller that makes them visible.</param>
    public static string Of(string body, bool controls = false)
    {
        var text = ServerJson.Parse(body.TrimStart('\ufeff')) is { } json
            ? Reason(json) ?? (json.ValueKind is JsonValueKind.Null ? "" : json.GetRawText())
            : Tag().IsMatch(body) ? Page(body) : body;
        return (controls ? Space() : Blank()).Replace(text, " ").Trim();
    }

    /// <summary>The status that an error in the body names; null where it names none.</summary>
    public static int? Status(string body)
    {
        if (ServerJson.Parse(body) is not { } root)
            return null;
        var error = Error(root) ?? root;
        foreach (var name in new[] { "code", "status", "status_code" })
            if (ServerJson.Count(ServerJson.Field(error, name)) is >= 400 and < 600 and var status)
                return (int)status;
        return null;
    }

    // "error" at the top, or in the choice that it stopped.
    private static JsonElement? Error(JsonElement root)
    {
        if (ServerJson.Field(root, "error") is { } error)
            return error;
        var choices = ServerJson.Field(root, "choices");
        return choices is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? ServerJson.Field(list[0], "error") : null;
    }

    private static string? Reason(JsonElement value, int depth = 0)
    {
        if (depth == Deepest)
            return null;
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return ServerJson.Text(value) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
            case JsonValueKind.Number:
                return value.GetRawText();
            case JsonValueKind.Array:
                string[] reasons = [.. value.EnumerateArray().Take(5).Select(item => Reason(item, depth + 1)).OfType<string>()];
                return reasons.Length > 0 ? string.Join("; ", reasons) : null;
            case JsonValueKind.Object:
                if (depth == 0 && ServerJson.Field(value, "error") is null && Error(value) is { } stopped)
                    return Reason(stopped, depth + 1);
                string[] found = [.. Found(value, Reasons, depth).Distinct().Take(2)];
                if (found.Length == 0)
                    return Found(value, Names, depth).FirstOrDefault();
                return ServerJson.Field(value, "loc") is { ValueKind: JsonValueKind.Array } place
                    ? $"{string.Join('.', place.EnumerateArray().Select(step => step.ToString()))}: {found[0]}" : string.Join(": ", found);
            default:
                return null;
        }
    }

    private static IEnumerable<string> Found(JsonElement record, string[] names, int depth) =>
        names.Select(name => ServerJson.Field(record, name)).OfType<JsonElement>()
            .Select(field => Reason(field, depth + 1)).OfType<string>();

    private static string Page(string html) => WebUtility.HtmlDecode(Tag().Replace(Unseen().Replace(html, " "), " "));

    [GeneratedRegex(@"<(script|style)\b.*?</\1\s*>|<!--.*?-->", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Unseen();

    [GeneratedRegex(@"</?[a-zA-Z!][^<>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"[\s\p{Cc}\p{Cf}]+")] // a terminal obeys control characters
    private static partial Regex Blank();
}
