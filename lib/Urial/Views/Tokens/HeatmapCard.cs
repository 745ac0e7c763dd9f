using System.Text;

namespace Urial;

/// <summary>
/// The card of one position, as lines of plain text: it lives in an attribute, so that a host which strips styles
/// shows the tokens alone and not a heap of numbers, and a screen reader reads it out.
/// </summary>
internal static class HeatmapCard
{
    private const int WidestToken = 16;

    /// <summary>The card of position <paramref name="index"/>, unescaped.</summary>
    public static string Of(ShiftedAnswer answer, int index, TokenHeatmapOptions options)
    {
        var position = answer.Positions[index];
        var card = new StringBuilder();
        card.Append($"{ShortText.Of(answer.Tokens[index].Shown, 40)}")
            .Append($"  {position.Class.Name()}, base rank {(position.RankCensored ? "≥ " : "")}{Numbers.Count(position.BaseRank)}");
        if (answer.Labels?[index] is { Length: > 0 } label)
            card.Append($", {label}");
        card.Append($" (position {position.Position})");
        card.Append($"\nP: base {Numbers.Probability(position.BaseProbability)}")
            .Append($", aligned {Numbers.Probability(position.AlignedProbability)}");
        card.Append($"   KL: aligned‖base {Numbers.Nats(position.KlAlignedBase, position.Bounds?.KlAlignedBase)}");
        if (!options.Compact)
            card.Append($", base‖aligned {Numbers.Nats(position.KlBaseAligned, position.Bounds?.KlBaseAligned)}");
        card.Append(" nats");
        AppendModel(card, "base:   ", answer, position.BaseTop, Numbers.Nats(position.BaseEntropy, position.Bounds?.BaseEntropy), options);
        AppendModel(card, "aligned:", answer, position.AlignedTop, Numbers.Nats(position.AlignedEntropy, position.Bounds?.AlignedEntropy),
            options);
        return card.ToString();
    }

    private static void AppendModel(
        StringBuilder card, string name, ShiftedAnswer answer, IReadOnlyList<TopToken> tokens, string entropy, TokenHeatmapOptions options)
    {
        List<string> parts =
        [
            .. tokens.Take(options.Top).Select(token =>
                $"{ShortText.Of(TokenNames.Of(answer, token), WidestToken)} {Numbers.Probability(token.Probability)}"),
        ];
        if (!options.Compact)
            parts.Add($"(entropy {entropy} nats)");
        if (parts.Count > 0)
            card.Append('\n').Append(name).Append(' ').AppendJoin("  ", parts);
    }
}
