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
        card.Append($"{Markup.Shorten(answer.Tokens[index].Shown, 40)}  {position.Class.Name()}, base rank {Numbers.Count(position.BaseRank)}");
        if (answer.Labels?[index] is { Length: > 0 } label)
            card.Append($", {label}");
        card.Append($" (position {position.Position})");
        card.Append($"\nP: base {Numbers.Probability(position.BaseProbability)}, aligned {Numbers.Probability(position.AlignedProbability)}");
        if (options.Compact)
            card.Append($"; KL(aligned‖base) {Numbers.Nats(position.KlAlignedBase)} nats");
        else
            card.Append($"\nKL: aligned‖base {Numbers.Nats(position.KlAlignedBase)}, base‖aligned {Numbers.Nats(position.KlBaseAligned)} nats")
                .Append($"\nentropy: base {Numbers.Nats(position.BaseEntropy)}, aligned {Numbers.Nats(position.AlignedEntropy)} nats");
        AppendTops(card, answer, position, options.Top);
        return card.ToString();
    }

    private static void AppendTops(StringBuilder card, ShiftedAnswer answer, PositionShift position, int top)
    {
        var left = Column("base", answer, position.BaseTop, top);
        var right = Column("aligned", answer, position.AlignedTop, top);
        var width = left.DefaultIfEmpty("").Max(line => line.Length);
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            var first = i < left.Count ? left[i] : "";
            card.Append('\n').Append(i < right.Count ? $"{first.PadRight(width)}  {right[i]}" : first);
        }
    }

    private static List<string> Column(string name, ShiftedAnswer answer, IReadOnlyList<TopToken> tokens, int top)
    {
        if (top == 0 || tokens.Count == 0)
            return [];
        var rows = tokens.Take(top)
            .Select(token => (Name: Markup.Shorten(TokenNames.Of(answer, token), WidestToken), P: Numbers.Probability(token.Probability)))
            .ToList();
        var width = rows.Max(row => row.Name.Length);
        return [name + ":", .. rows.Select(row => $"{row.Name.PadRight(width)} {row.P,6}")];
    }
}
