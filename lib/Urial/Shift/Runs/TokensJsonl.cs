using System.Text.Encodings.Web;
using System.Text.Json;

namespace Urial;

/// <summary>
/// What the token ids of a run's positions stand for, one JSON object a line: <c>token_id</c>, <c>token</c> (the vocabulary's spelling),
/// <c>bytes</c> (hexadecimal) and <c>special</c>. With it a run can be shown without the model's tokenizer.
/// </summary>
internal static class TokensJsonl
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string FileName = "tokens.jsonl";

    /// <summary>Writes tokens in order of their ids.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="ids">The ids; those that the tokenizer does not have are left out, since an embedding may be padded beyond it.</param>
    /// <param name="tokenizer">What they stand for.</param>
    public static void Write(Stream stream, IEnumerable<int> ids, HfTokenizer tokenizer)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        foreach (var id in ids.Distinct().Where(tokenizer.Contains).Order())
        {
            json.WriteStartObject();
            json.WriteNumber("token_id", id);
            json.WriteString("token", tokenizer.RawToken(id));
            json.WriteString("bytes", Convert.ToHexStringLower(tokenizer.Bytes(id)));
            json.WriteBoolean("special", tokenizer.IsSpecial(id));
            json.WriteEndObject();
            json.Flush();
            stream.WriteByte((byte)'\n');
            json.Reset();
        }
    }

    /// <summary>Reads the file: each id's token, and the bytes that it stands for.</summary>
    /// <exception cref="UrialException">The file cannot be read or has a bad line; the message names it.</exception>
    public static IReadOnlyDictionary<int, (TokenText Text, byte[] Bytes)> Read(string path)
    {
        var lines = JsonLines.ReadAll(path, "file of tokens", "\"token_id\", \"token\", \"bytes\" and \"special\"", Token, JsonIds.None);
        var tokens = new Dictionary<int, (TokenText, byte[])>();
        foreach (var token in lines)
            if (!tokens.TryAdd(token.Text.Id, token))
                throw new UrialException($"{path} has token {token.Text.Id} twice. Make the run again, or restore it from git.");
        return tokens;
    }

    private static (TokenText Text, byte[] Bytes) Token(JsonLine line)
    {
        try
        {
            var bytes = Convert.FromHexString(line.Need("bytes"));
            var (id, special) = (line.Json.GetProperty("token_id").GetInt32(), line.Json.GetProperty("special").GetBoolean());
            return (TokenText.Of(id, line.Need("token"), bytes, special), bytes);
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UrialException($"The line is no token of a run ({e.Message}).", e);
        }
    }
}
