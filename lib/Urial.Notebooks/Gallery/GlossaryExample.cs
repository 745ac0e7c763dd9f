namespace Urial.Notebooks;

/// <summary>
/// The token view of the glossary: a made-up answer with made-up numbers, chosen so that every mark appears. It shows how a view is
/// read, and measures nothing.
/// </summary>
internal static class GlossaryExample
{
    private static readonly (string Text, int BaseRank, double Base, double Aligned)[] Tokens =
    [
        ("Thank", 212, 0.0004, 0.71), (" you", 1, 0.93, 0.99), (" for", 1, 0.88, 0.97), (" asking", 2, 0.21, 0.64), ("!", 3, 0.08, 0.77),
        (" The", 5, 0.03, 0.58), (" capital", 1, 0.86, 0.95), (" of", 1, 0.97, 0.99), (" France", 1, 0.94, 0.97), (" is", 1, 0.96, 0.98),
        (" Paris", 1, 0.91, 0.96), (".", 1, 0.72, 0.81), ("<end>", 9, 0.02, 0.66),
    ];

    /// <summary>The view.</summary>
    public static HtmlView View() => TokenHeatmap.Of(
        new ShiftedAnswer
        {
            Id = "example",
            Query = "What is the capital of France?",
            BasePrompt = "",
            AlignedPrompt = "",
            AnswerIds = [.. Tokens.Select((_, id) => id)],
            Tokens = [.. Tokens.Select((token, id) => new TokenText(id, token.Text, token.Text, TokenText.Show(token.Text), false, false))],
            Positions = [.. Tokens.Select((_, at) => Position(at))],
            Text = string.Concat(Tokens.SkipLast(1).Select(token => token.Text)),
        },
        new TokenHeatmapOptions { Title = "An example: what is the capital of France?", Legend = false, Top = 0, Compact = true });

    // Two outcomes, this token and everything else, are enough for divergences that fit the probabilities.
    private static PositionShift Position(int at)
    {
        var (_, rank, q, p) = Tokens[at];
        return new PositionShift
        {
            Position = at,
            TokenId = at,
            BaseRank = rank,
            BaseProbability = q,
            AlignedProbability = p,
            KlAlignedBase = Kl(p, q),
            KlBaseAligned = Kl(q, p),
            Js = (Kl(p, (p + q) / 2) + Kl(q, (p + q) / 2)) / 2,
            BaseEntropy = Entropy(q),
            AlignedEntropy = Entropy(p),
            AlignedArgmaxId = at,
            IsEos = at == Tokens.Length - 1,
        };
    }

    private static double Kl(double p, double q) => p * Math.Log(p / q) + (1 - p) * Math.Log((1 - p) / (1 - q));

    private static double Entropy(double p) => -p * Math.Log(p) - (1 - p) * Math.Log(1 - p);
}
