namespace Urial;

/// <summary>A model's mean safety, made anew from its stored scores, beside the published ones.</summary>
/// <param name="Names">What the model is called where.</param>
/// <param name="Judgments">Its stored judgments.</param>
/// <param name="Mean">Their mean, "N/A" counted as 5 as in the published means.</param>
/// <param name="FromLeaderboard">How far it lies from the leaderboard's.</param>
/// <param name="FromTable1">How far it lies from Table 1's; null where the model is not there.</param>
public sealed record SafetyMean(
    PublishedNames Names, IReadOnlyList<Judgment> Judgments, MeanScore Mean, double FromLeaderboard, double? FromTable1) : INamed
{
    /// <summary>The model, as the stored scores name it.</summary>
    public string Name => Names.Stored;

    /// <summary>Whether it agrees with what was published, which has two decimals.</summary>
    public bool Agrees => Math.Max(FromLeaderboard, FromTable1 ?? 0) <= 0.005 + 1e-9;

    /// <summary>All models whose safety scores are stored, best first.</summary>
    /// <param name="stored">The stored scores.</param>
    /// <param name="judge">The judge that gave them.</param>
    public static IReadOnlyList<SafetyMean> All(StoredScores stored, string judge)
    {
        var (table1, leaderboard) = (PublishedTable.Table1(), PublishedTable.Leaderboard(LeaderboardCut.Aspect));
        return [.. PublishedNames.All.Select(Of).OrderByDescending(model => model.Mean.Value)];

        SafetyMean Of(PublishedNames names)
        {
            var judgments = stored.Judgments(names.Stored, judge);
            var mean = ScoreStatistics.Mean(judgments, Aspect.Safety, NaPolicy.AsFive);
            return new SafetyMean(names, judgments, mean, Math.Abs(mean.Value - leaderboard[names.Leaderboard]["Safe"]),
                names.Table1 is { } row ? Math.Abs(mean.Value - table1[row][Aspect.Safety]) : null);
        }
    }
}
