using System.Text.Encodings.Web;
using System.Text.Json;

namespace Urial;

/// <summary>Positions as JSON lines: the columns of <see cref="PositionsParquet"/>, in its order.</summary>
internal static class PositionsJsonl
{
    /// <summary>Writes one line for each position of each answer.</summary>
    public static void Write(Stream stream, IReadOnlyList<ShiftedAnswer> answers)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        foreach (var answer in answers)
            for (var i = 0; i < answer.Positions.Count; i++)
            {
                Line(json, answer, answer.Positions[i], answer.Tokens[i]);
                json.Flush();
                stream.WriteByte((byte)'\n');
                json.Reset();
            }
    }

    private static void Line(Utf8JsonWriter json, ShiftedAnswer answer, PositionShift shift, TokenText token)
    {
        json.WriteStartObject();
        json.WriteString("id", answer.Id);
        json.WriteNumber("position", shift.Position);
        json.WriteNumber("token_id", shift.TokenId);
        json.WriteString("token", token.Raw);
        json.WriteNumber("base_rank", shift.BaseRank);
        json.WriteNumber("base_prob", shift.BaseProbability);
        json.WriteNumber("aligned_prob", shift.AlignedProbability);
        json.WriteNumber("kl_aligned_base", shift.KlAlignedBase);
        json.WriteNumber("kl_base_aligned", shift.KlBaseAligned);
        json.WriteNumber("js", shift.Js);
        json.WriteNumber("base_entropy", shift.BaseEntropy);
        json.WriteNumber("aligned_entropy", shift.AlignedEntropy);
        json.WriteString("class", shift.Class.Name());
        json.WriteNumber("aligned_argmax_id", shift.AlignedArgmaxId);
        json.WriteBoolean("is_eos", shift.IsEos);
        Top(json, "base_top", shift.BaseTop);
        Top(json, "aligned_top", shift.AlignedTop);
        json.WriteEndObject();
    }

    private static void Top(Utf8JsonWriter json, string name, IReadOnlyList<TopToken> top)
    {
        if (top.Count == 0)
            return;
        json.WriteStartArray(name + "_ids");
        foreach (var token in top)
            json.WriteNumberValue(token.Id);
        json.WriteEndArray();
        json.WriteStartArray(name + "_probs");
        foreach (var token in top)
            json.WriteNumberValue(token.Probability);
        json.WriteEndArray();
    }
}
