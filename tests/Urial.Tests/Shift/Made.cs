namespace Urial.Tests.Shift;

/// <summary>Made-up answers for the statistics: only what a test is about is given.</summary>
internal static class Made
{
    /// <summary>An answer with these base ranks; a negative one is an end-of-sequence token of that rank.</summary>
    public static ShiftedAnswer Ranks(string id, params int[] ranks) => Of(id, [.. ranks.Select(rank => (rank, 0.1))]);

    /// <summary>An answer with these KL(aligned‖base), all at base rank 1.</summary>
    public static ShiftedAnswer Kl(string id, params double[] nats) => Of(id, [.. nats.Select(kl => (1, kl))]);

    private static ShiftedAnswer Of(string id, (int Rank, double Kl)[] positions) => new()
    {
        Id = id,
        Query = "q",
        BasePrompt = "b",
        AlignedPrompt = "a",
        Text = "t",
        AnswerIds = [.. positions.Select((_, i) => i)],
        Tokens = [.. positions.Select((_, i) => new TokenText(i, $"t{i}", $"t{i}", $"t{i}", false, false))],
        Positions = [.. positions.Select((p, i) => new PositionShift
        {
            Position = i, TokenId = i, BaseRank = Math.Abs(p.Rank), IsEos = p.Rank < 0, AlignedArgmaxId = i,
            BaseProbability = 0.5, AlignedProbability = 0.5, KlAlignedBase = p.Kl, KlBaseAligned = 0.2, Js = 0.05, BaseEntropy = 1,
            AlignedEntropy = 1,
        })],
    };
}
