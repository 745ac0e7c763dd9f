using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Urial.Explore;

/// <summary>
/// Answers and positions for the page's script, numbers whole. Everything that is shown is text in which nothing hides
/// (<see cref="VisibleText"/>); <c>text</c> is the answer as it is, for the next turn of a conversation.
/// </summary>
internal static class AnswerJson
{
    private const int WidestToken = 48; // characters; longer ones are cut on the page

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object, written by <paramref name="write"/>.</summary>
    public static string Object(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>An error, as every answer of the server that is none has it.</summary>
    public static string Error(string message) => Object(json => json.WriteString("error", VisibleText.Of(message)));

    /// <summary>One position, as it is decoded.</summary>
    public static string Position(PositionShift position, HfTokenizer tokenizer) =>
        Object(json => Write(json, position, Text(tokenizer, position.TokenId), null, tokenizer));

    /// <summary>A whole answer.</summary>
    public static string Answer(ShiftedAnswer answer, HfTokenizer tokenizer) => Object(json =>
    {
        json.WriteStartArray("ids");
        foreach (var id in answer.UnsharedEnd is { } end ? answer.AnswerIds.Append(end) : answer.AnswerIds)
            json.WriteNumberValue(id);
        json.WriteEndArray();
        json.WriteStartArray("positions");
        for (var i = 0; i < answer.Positions.Count; i++)
        {
            json.WriteStartObject();
            Write(json, answer.Positions[i], answer.Tokens[i], answer.Labels?[i], tokenizer);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("text", answer.Text);
        json.WriteBoolean("ended", answer.Ended);
        json.WriteBoolean("stopped", answer.Ended && answer.UnsharedEnd is null && !answer.Positions[^1].IsEos);
        json.WriteNumber("baseTokens", answer.BasePromptIds.Length);
        json.WriteNumber("alignedTokens", answer.AlignedPromptIds.Length);
        json.WriteBoolean("labelled", answer.Labels is not null);
        if (answer.UnsharedEnd is { } unshared)
            json.WriteString("unsharedEnd", Text(tokenizer, unshared).Shown);
    });

    private static void Write(Utf8JsonWriter json, PositionShift position, TokenText token, string? label, HfTokenizer tokenizer)
    {
        json.WriteNumber("at", position.Position);
        json.WriteNumber("id", position.TokenId);
        json.WriteString("shown", Cut(token.Shown));
        json.WriteBoolean("mark", token.IsSpecial || token.IsByteFragment);
        json.WriteNumber("lines", token.IsSpecial ? 0 : Math.Min(2, token.Text.Count(letter => letter == '\n')));
        json.WriteNumber("rank", position.BaseRank);
        json.WriteBoolean("censored", position.RankCensored);
        json.WriteNumber("base", position.BaseProbability);
        json.WriteNumber("aligned", position.AlignedProbability);
        Number("kl", position.KlAlignedBase, position.Bounds?.KlAlignedBase);
        Number("lk", position.KlBaseAligned, position.Bounds?.KlBaseAligned);
        Number("js", position.Js, position.Bounds?.Js);
        Number("baseEntropy", position.BaseEntropy, position.Bounds?.BaseEntropy);
        Number("alignedEntropy", position.AlignedEntropy, position.Bounds?.AlignedEntropy);
        json.WriteBoolean("eos", position.IsEos);
        if (label is not null)
            json.WriteString("label", label);
        Top("baseTop", position.BaseTop);
        Top("alignedTop", position.AlignedTop);

        // A number that a server's part of the vocabulary leaves open is two: the least and the most that it can be; null: no limit.
        void Number(string name, double value, Bounds? bounds)
        {
            if (double.IsFinite(value))
                json.WriteNumber(name, value);
            else
            {
                json.WriteStartArray(name);
                foreach (var end in new[] { bounds?.Low ?? double.NaN, bounds?.High ?? double.NaN })
                    if (double.IsFinite(end))
                        json.WriteNumberValue(end);
                    else
                        json.WriteNullValue();
                json.WriteEndArray();
            }
        }

        void Top(string name, IReadOnlyList<TopToken> tokens)
        {
            json.WriteStartArray(name);
            foreach (var top in tokens)
            {
                json.WriteStartArray();
                json.WriteNumberValue(top.Id);
                json.WriteStringValue(Cut(top.Shown ?? Text(tokenizer, top.Id).Shown));
                json.WriteNumberValue(top.Probability);
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
    }

    // Real models know more ids than their tokenizer, since embeddings are padded.
    private static TokenText Text(HfTokenizer tokenizer, int id) => tokenizer.Contains(id) ? tokenizer.Token(id)
        : Padding(FormattableString.Invariant($"⟨id {id}⟩"), id);

    private static TokenText Padding(string shown, int id) => new(id, shown, "", shown, true, false);

    private static string Cut(string shown) => shown.Length <= WidestToken ? shown
        : string.Concat(shown.AsSpan(0, char.IsHighSurrogate(shown[WidestToken - 2]) ? WidestToken - 2 : WidestToken - 1), "…");
}
