namespace Urial.Tests.Judging;

/// <summary>What chapters call by a name is what they would work out by hand.</summary>
public sealed class ScoreVocabularyTests
{
    private static readonly StoredScores Stored = StoredScores.Load();
    private const string Mistral = "URIAL=inst_1k-Mistral-7B-v0.1", Tuned = "Mistral-7B-Instruct-v0.1";

    [Fact]
    public void Two_models_are_compared_query_by_query()
    {
        var (first, second) = (Stored.Judgments(Mistral, Stored.Judges[0]), Stored.Judgments(Tuned, Stored.Judges[0]));

        var compared = Stored.Compare(Mistral, Tuned, Stored.Judges[0], Aspect.Safety);

        Assert.Equal(ScoreStatistics.Difference(first, second, Aspect.Safety, NaPolicy.AsFive), compared.Difference);
        Assert.Equal(ScoreStatistics.Compare(first, second, Aspect.Safety, NaPolicy.AsFive), compared.Outcomes);
        Assert.Equal($"{Mistral} against {Tuned}: higher on 18, the same on 175, lower on 7 of 200; sign test p = 0.043",
            compared.ToString());
    }

    [Fact]
    public void Scores_are_counted_with_the_points_that_are_missing()
    {
        Judgment[] judgments = [.. new int?[] { 1, 4, 4, 5, null }.Select(Depth)];

        var counts = ScoreCounts.Of(judgments, Aspect.Depth);

        Assert.Equal("1:   1  2:   0  3:   0  4:   2  5:   1", counts.ToString());
        Assert.Equal((6, 4), (counts.Missing, counts.MissingBy(1, 2)));
        Assert.Equal([1.0, 4, 4, 5, 5], ScoreStatistics.Scores(judgments, Aspect.Depth, NaPolicy.AsFive));
        Assert.Equal([1.0, 4, 4, 5], ScoreStatistics.Scores(judgments, Aspect.Depth, NaPolicy.Exclude));
    }

    private static Judgment Depth(int? score, int i) =>
        Judgment.Scored($"{i}", "j", "", new Dictionary<Aspect, int?> { [Aspect.Depth] = score });

    [Fact]
    public void Safety_is_recomputed_for_every_model_and_agrees()
    {
        var models = SafetyMean.All(Stored, Stored.Judges[0]);

        Assert.Equal((15, 9), (models.Count, models.Count(model => model.FromTable1 is not null)));
        Assert.All(models, model => Assert.True(model.Agrees));
        Assert.Equal(models.OrderByDescending(model => model.Mean.Value), models);
        Assert.False((models[0] with { FromLeaderboard = 0.01 }).Agrees);
    }

    [Fact]
    public void The_task_table_counts_last_tags()
    {
        Assert.True(TaskTableCheck.Of(TagCounting.LastOnly).IsConsistent);
        Assert.False(TaskTableCheck.Of(TagCounting.Every).IsConsistent);
        Assert.Equal(
            "at most 0.004 from the mean helpfulness; impossible cells in 0 of 16 rows",
            TaskTableCheck.Of(TagCounting.LastOnly).ToString());
    }

    [Fact]
    public void Published_rows_are_read_by_aspect_and_drawn_by_column()
    {
        var (table, bench) = (PublishedTable.Table1(), PublishedTable.UrialBench());

        Assert.Equal(table.Rows[0]["helpful"], table.Rows[0][Aspect.Helpfulness]);
        Assert.All(table.Rows, row => Assert.Equal(row["avg"], row.AverageOfAspects(), 0.01));
        string[] names = [table.Rows[1].Name, table.Rows[0].Name];
        Assert.Equal(names, table.Scores("Table 1", names).Select(row => row.Name));
        var bars = ScoreCharts.Bars([.. bench.Rows.Take(3)], [("turn 1", "Turn 1"), ("turn 2", "Turn 2")], "score", "Turns", 1, 10);
        Assert.Contains("turn 1", bars.Description);
    }
}
