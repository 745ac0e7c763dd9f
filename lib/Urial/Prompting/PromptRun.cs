using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial;

/// <summary>Turns queries into prompts, one after the other.</summary>
/// <param name="style">How.</param>
/// <param name="tokenizer">Counts tokens; null where none are to be counted.</param>
public sealed class PromptRun(IPromptStyle style, HfTokenizer? tokenizer)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How many lines gave no prompt.</summary>
    public int Failed { get; private set; }

    /// <summary>A line out for each line in that is not empty, as soon as it is read; a bad one does not stop the others.</summary>
    /// <param name="input">A JSON string or a list of messages a line, in UTF-8.</param>
    /// <returns>JSON objects: <c>text</c>, <c>stop</c> and, where there is a tokenizer, <c>tokens</c>; or <c>error</c>.</returns>
    public IEnumerable<string> Lines(Stream input) => JsonLines.Lines(input).Select(line => Answer(line.Line).ToJsonString(Plain));

    /// <summary>The prompt of the whole input as one query, without the line break that ends it.</summary>
    /// <exception cref="UrialException">It is empty, or not UTF-8.</exception>
    public string Text(Stream input)
    {
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return style.Prompt(Decode(bytes.ToArray()).TrimEnd('\n', '\r')).Text;
    }

    private JsonObject Answer(byte[] line)
    {
        try
        {
            var prompt = style.Prompt(ConversationJson.Parse(Decode(line)));
            var answer = new JsonObject { ["text"] = prompt.Text, ["stop"] = ManifestJson.List(prompt.Stop) };
            if (tokenizer is not null)
                answer["tokens"] = prompt.Encode(tokenizer).Length;
            return answer;
        }
        catch (UrialException problem)
        {
            Failed++;
            return new JsonObject { ["error"] = problem.Message };
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
            throw new UrialException($"The input is not valid UTF-8 (byte {problem.Index}).");
        }
    }
}
