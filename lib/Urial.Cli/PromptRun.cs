using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial.Cli;

/// <summary>Turns queries into prompts, one after the other.</summary>
/// <param name="style">How.</param>
/// <param name="tokenizer">Counts tokens; null where none are to be counted.</param>
/// <param name="output">Where prompts are printed.</param>
internal sealed class PromptRun(IPromptStyle style, HfTokenizer? tokenizer, TextWriter output)
{
    // Strict: a damaged byte is an error of its line, not a replacement character in a prompt.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A line out for each line in that is not empty, as soon as it is read; a bad one does not stop the others.</summary>
    public int Lines(Stream input)
    {
        var code = ExitCode.Ok;
        var first = true;
        // Latin-1 keeps each byte as a character, so that each line can be decoded, and refused, by itself.
        using var reader = new StreamReader(input, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        while (reader.ReadLine() is { } raw)
        {
            var bytes = Encoding.Latin1.GetBytes(raw);
            if (first && bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble))
                bytes = bytes[Encoding.UTF8.Preamble.Length..];
            first = false;
            if (bytes.AsSpan().Trim(" \t"u8).IsEmpty)
                continue;
            var answer = Answer(bytes);
            output.WriteLine(answer.ToJsonString(Plain));
            output.Flush();
            if (answer.ContainsKey("error"))
                code = ExitCode.SomeFailed;
        }
        return code;
    }

    /// <summary>The whole input as one query, without the line break that ends it.</summary>
    /// <exception cref="UrialException">It is empty, or not UTF-8.</exception>
    public int Text(Stream input)
    {
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        output.Write(style.Prompt(Decode(bytes.ToArray()).TrimEnd('\n', '\r')).Text);
        return ExitCode.Ok;
    }

    private JsonObject Answer(byte[] line)
    {
        try
        {
            var prompt = style.Prompt(ConversationJson.Parse(Decode(line)));
            var answer = new JsonObject
            {
                ["text"] = prompt.Text,
                ["stop"] = new JsonArray([.. prompt.Stop.Select(stop => JsonValue.Create(stop))]),
            };
            if (tokenizer is not null)
                answer["tokens"] = prompt.Encode(tokenizer).Length;
            return answer;
        }
        catch (UrialException problem)
        {
            return new JsonObject { ["error"] = problem.Message };
        }
    }

    private static string Decode(byte[] bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException problem)
        {
            throw new UrialException($"The input is not valid UTF-8 (byte {problem.Index}).");
        }
    }
}
