using Microsoft.Data.Analysis;

namespace Urial;

/// <summary>Judgments as a data frame, to filter, group and join.</summary>
public static class JudgmentsFrame
{
    /// <summary>
    /// One row for each judgment: <c>id</c> (of the answer; it joins with the frame of its positions), <c>judge</c>, <c>status</c>, a
    /// column for each aspect, and <c>not_applicable</c>, which counts the aspects of which the judge said "N/A". A score is empty where
    /// the aspect was not judged or is "N/A". The data frame's own mean of a group counts what is empty as 0: take
    /// <c>frame.Filter(frame["depth"].ElementwiseIsNotNull())</c> first.
    /// </summary>
    public static DataFrame ToFrame(this IReadOnlyList<Judgment> judgments) => Of(judgments);

    /// <summary>The stored scores: the columns of judgments, and before them <c>model</c>, the model that answered.</summary>
    public static DataFrame ToFrame(this StoredScores stored)
    {
        (string Model, Judgment Judgment)[] rows = [.. stored.Judges.SelectMany(judge => stored.Models(judge)
            .SelectMany(model => stored.Judgments(model, judge).Select(judgment => (model, judgment))))];
        return Of([.. rows.Select(row => row.Judgment)], new StringDataFrameColumn("model", rows.Select(row => row.Model)));
    }

    private static DataFrame Of(IReadOnlyList<Judgment> judgments, params DataFrameColumn[] first) => new(
    [
        .. first,
        new StringDataFrameColumn("id", judgments.Select(judgment => judgment.Id)),
        new StringDataFrameColumn("judge", judgments.Select(judgment => judgment.Judge)),
        new StringDataFrameColumn("status", judgments.Select(judgment => judgment.Status == JudgmentStatus.Scored ? "scored" : "failed")),
        .. Aspects.All.Select(aspect =>
            new Int32DataFrameColumn(aspect.Name(), judgments.Select(judgment => judgment.Scores.GetValueOrDefault(aspect)))),
        new Int32DataFrameColumn("not_applicable", judgments.Select(judgment => judgment.Scores.Values.Count(score => score is null))),
    ]);
}
