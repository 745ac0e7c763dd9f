namespace Urial.Tests;

/// <summary>One figure of every kind, from made-up data.</summary>
internal static class SampleCharts
{
    public static ShareRow[] Rows { get; } =
    [
        ShareRow.Measured("micro-base → micro-dpo, zero-shot",
            new ShiftShares(Estimate(0.689, 0.021), Estimate(0.071, 0.009), Estimate(0.24, 0.018)), 24_310, 300),
        ShareRow.Published("Llama-2-7b → Llama-2-7b-chat", 77.7, 14.5, 7.8, "paper Fig.3"),
        ShareRow.Published("Mistral-7b → Mistral-7b-instruct", 82.2, 12.5, 5.2, "paper Fig.3"),
        ShareRow.Published("Qwen2.5-0.5B → Instruct", 86.7, 10.5, 2.8, "third-party notebook", 5_223, 40),
    ];

    public static ShiftedAnswer[] Answers { get; } =
        [MadeUp.France with { Id = "a" }, MadeUp.France with { Id = "b" }, MadeUp.Long, MadeUp.Of("c", "q", "Great", "!", "<eos>")];

    public static IReadOnlyDictionary<string, Func<Figure>> All { get; } = new Dictionary<string, Func<Figure>>
    {
        ["shares"] = () => ShiftCharts.Shares(Rows),
        ["position"] = () => ShiftCharts.Position(MadeUp.France, 0),
        ["kl"] = () => ShiftCharts.KlTerms(MadeUp.France, 0),
        ["by-position"] = () => ShiftCharts.ByPosition(
            [Curve.ByPosition("zero-shot", Answers, p => p.KlAlignedBase, atLeast: 3)], "KL(aligned‖base) (nats)", "Where it shifts"),
        ["rank"] = () => ShiftCharts.ByPosition(
            [Curve.ByPosition("zero-shot", Answers, p => p.BaseRank, atLeast: 3)], "base rank", "Base rank", logarithmic: true),
        ["training"] = () => Charts.Training(
            [new Curve("base", [new CurvePoint(1e6, 3.2), new CurvePoint(2e6, 2.1), new CurvePoint(4e7, 0.8)])]),
        ["most-shifted"] = () => ShiftCharts.MostShifted(ShiftedToken.Of(Answers)),
        ["thresholds"] = () => ShiftCharts.Thresholds(ShiftDetection.Of(Answers, (answer, i) => answer.Labels![i] == "style")),
        ["concentration"] = () => ShiftCharts.Concentration([("KL(aligned‖base)", ShiftConcentration.Of(Answers, [0.1, 0.2, 0.5, 1]))]),
        ["against"] = () => Charts.Against([(0.5, 0.4), (2, -0.1), (3, 0)], "KL(base‖aligned) (nats)", "overlap \"KL\" (nats)",
            "One against the other"),
        ["quality"] = () => Charts.Quality(
        [
            new MeasuredQuality("facts, seen header", Estimate(0.985, 0.012), 0.97),
            new MeasuredQuality("facts, unseen header", Estimate(0.96, 0.02), 0.97),
            new MeasuredQuality("system text alone: engagement", Estimate(0.02, 0.02), 0.05, AtMost: true),
        ]),
        ["estimates"] = () => Charts.Estimates(
            [("zero-shot", Estimate(0.8, 0.05)), ("URIAL", Estimate(0.12, 0.02))], "mean KL(aligned‖base) (nats)", "Divergence"),
    };

    private static Estimate Estimate(double value, double half) => new(value, new Interval(value - half, value + half, 0.95), 300);
}
