using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Urial;

/// <summary>Turns texts or conversations into tokens, one after the other, as the model that they belong to reads them.</summary>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="template">The model's chat template: what comes is a conversation. Null: what comes is text.</param>
/// <param name="addSpecialTokens">
/// Whether the tokenizer puts its special tokens around a text. A conversation gets those that its template writes, and no others.
/// </param>
public sealed partial class TokenizeRun(HfTokenizer tokenizer, ChatTemplate? template, bool addSpecialTokens)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    /// <summary>How many lines were none.</summary>
    public int Failed { get; private set; }

    /// <summary>The tokens of the whole input, exactly as it comes: a text, or with a template a conversation in JSON.</summary>
    /// <returns>A token a line: its id, and its spelling in the vocabulary as a JSON string.</returns>
    /// <exception cref="UrialException">The input is not UTF-8, or is no conversation, or the template refuses it.</exception>
    public IEnumerable<string> Tokens(Stream input)
    {
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        var text = Decode(bytes.ToArray());
        var (ids, pieces) = Encode(template is null ? text : template.Render(Parse(text)));
        return ids.Zip(pieces, (id, piece) =>
            FormattableString.Invariant($"{id}\t{Plain(JsonSerializer.Serialize(piece, Readable))}"));
    }

    /// <summary>A line out for each line in, as soon as it is read; a bad one does not stop the others.</summary>
    /// <param name="input">A JSON string a line; with a template a list of messages or an object that has them.</param>
    /// <returns>
    /// JSON objects: <c>ids</c>, <c>pieces</c> (the tokens' spellings in the vocabulary) and <c>text</c>; or <c>error</c>.
    /// </returns>
    public IEnumerable<string> Lines(Stream input) => ByteLines.Read(input).Select(line => Plain(Answer(line).ToJsonString(Readable)));

    private JsonObject Answer(byte[] line)
    {
        try
        {
            var value = Parse(Decode(line));
            var text = template is not null ? template.Render(value)
                : value.ValueKind == JsonValueKind.String ? JsonText.Of(value, "The text")
                : throw new UrialException($"The line is {JsonText.Word(value.ValueKind)}, and a text is a string in quotes.");
            var (ids, pieces) = Encode(text);
            return new JsonObject
            {
                ["ids"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]),
                ["pieces"] = new JsonArray([.. pieces.Select(piece => (JsonNode)piece)]),
                ["text"] = template is not null ? text : tokenizer.Decode(ids),
            };
        }
        catch (UrialException problem)
        {
            Failed++;
            return new JsonObject { ["error"] = problem.Message };
        }
    }

    // The serializer writes every character beyond the first plane as an escape, which nobody can read.
    private static string Plain(string json) => Escapes().Replace(json, escape => escape.Length == 2 ? escape.Value
        : string.Create(2, escape.Value, (pair, text) =>
        {
            pair[0] = (char)ushort.Parse(text.AsSpan(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            pair[1] = (char)ushort.Parse(text.AsSpan(8, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }));

    private EncodedText Encode(string text) => tokenizer.EncodePieces(text, addSpecialTokens && template is null);

    private static JsonElement Parse(string json)
    {
        try
        {
            return JsonElement.Parse(json, Deep);
        }
        catch (JsonException problem)
        {
            throw new UrialException(FormattableString.Invariant(
                $"This is not valid JSON (line {problem.LineNumber + 1}, byte {problem.BytePositionInLine})."), problem);
        }
    }

    private static string Decode(byte[] bytes)
    {
        try
        {
            return JsonText.Decode(bytes);
        }
        catch (DecoderFallbackException problem)
        {
            throw new UrialException(FormattableString.Invariant($"The input is not valid UTF-8 (byte {problem.Index})."), problem);
        }
    }

    // A backslash that is escaped itself, or both halves of a surrogate pair.
    [GeneratedRegex(@"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")]
    private static partial Regex Escapes();
}
