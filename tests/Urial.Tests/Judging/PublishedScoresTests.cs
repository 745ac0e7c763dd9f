using Urial.Tests.Models;

namespace Urial.Tests.Judging;

/// <summary>The real numbers: 3,000 stored safety scores against the published means, a second judge, and the public task table.</summary>
public sealed class PublishedScoresTests
{
    private const string PaperJudge = "gpt-3.5-turbo-0613", SecondJudge = "gpt-4-1106-preview", Twice = "gpt-3.5-turbo-0301";

    private static readonly StoredScores Stored = StoredScores.Load();

    public static TheoryData<string> Models => new(PublishedNames.All.Select(names => names.Stored));

    [Theory]
    [MemberData(nameof(Models))]
    public void Recomputed_safety_agrees_with_the_leaderboard_and_Table_1(string model)
    {
        var names = PublishedNames.All.Single(n => n.Stored == model);
        var mean = ScoreStatistics.Mean(Stored.Judgments(model, PaperJudge), Aspect.Safety, NaPolicy.AsFive);

        Assert.Equal(200, mean.N);
        Assert.InRange(mean.Value - PublishedTable.Leaderboard(LeaderboardCut.Aspect)[names.Leaderboard]["Safe"], -0.005 - 1e-9,
            0.005 + 1e-9);
        if (names.Table1 is { } row)
            Assert.InRange(mean.Value - PublishedTable.Table1()[row]["safe"], -0.005 - 1e-9, 0.005 + 1e-9);
    }

    [Fact]
    public void All_fifteen_stored_models_are_compared_and_nine_stand_in_Table_1()
    {
        Assert.Equal(Stored.Models(PaperJudge).Order(), PublishedNames.All.Select(names => names.Stored).Order());
        Assert.Equal(9, PublishedNames.All.Count(names => names.Table1 is not null));
    }

    [Fact]
    public void The_same_answers_lose_about_a_point_of_depth_and_engagement_under_another_judge()
    {
        var second = Stored.Judgments(Twice, SecondJudge);
        var published = PublishedTable.Table1()[Twice];

        Assert.Equal(1000, second.Count);
        Assert.InRange(ScoreStatistics.Mean(second, Aspect.Depth, NaPolicy.AsFive).Value - published["deep"], -1.0, -0.8);
        Assert.InRange(ScoreStatistics.Mean(second, Aspect.Engagement, NaPolicy.AsFive).Value - published["engaging"], -1.2, -1.0);
        Assert.InRange(ScoreStatistics.Mean(second, Aspect.Safety, NaPolicy.AsFive).Value - published["safe"], -0.1, 0);
    }

    [Fact]
    public void Every_mean_says_how_it_counted_NA()
    {
        var second = Stored.Judgments(Twice, SecondJudge);
        var (without, asFive) = (ScoreStatistics.Mean(second, Aspect.Factuality, NaPolicy.Exclude),
            ScoreStatistics.Mean(second, Aspect.Factuality, NaPolicy.AsFive));

        Assert.Equal((761, 800, 39, 39), (without.N, asFive.N, without.NotApplicable, asFive.NotApplicable));
        Assert.Equal((without.Value * 761 + 5 * 39) / 800, asFive.Value, 10);
        Assert.Equal("39 N/A left out", without.Counting);
        Assert.Equal("39 N/A counted as 5", asFive.Counting);
    }

    [Fact]
    public void The_task_table_counts_an_example_only_for_its_last_tag()
    {
        var rows = TaskTable.Read();

        Assert.Equal(16, rows.Count);
        // Weighted by last-tag counts, the cells give back the published mean helpfulness within rounding; and every cell is a mean of that
        // many integers.
        Assert.All(rows, row => Assert.InRange(row.FromLastTags - row.Helpfulness, -0.01, 0.01));
        Assert.All(rows, row => Assert.Empty(row.UnreachableLast));
        // Counted for every tag, they do neither.
        Assert.Contains(rows, row => Math.Abs(row.FromEveryTag - row.Helpfulness) > 0.06);
        Assert.Equal(15, rows.Count(row => row.UnreachableEvery.Count > 0));
    }

    [Fact]
    public void Counts_by_tag_are_800_by_the_last_and_1147_by_every_tag()
    {
        var examples = JustEval.Examples();
        var (last, every) = (TaskTable.Counts(examples, TagCounting.LastOnly), TaskTable.Counts(examples, TagCounting.Every));

        Assert.Equal((800, 1147), (last.Values.Sum(), every.Values.Sum()));
        Assert.Equal((29, 66, 16, 31, 226, 431),
            (last["coding"], every["coding"], last["math"], every["math"], last["info-seek"], every["info-seek"]));
    }

    [Fact]
    public void Tags_can_be_corrected_where_scores_are_stored()
    {
        var (second, tags) = (Stored.Judgments(Twice, SecondJudge), JustEval.Tasks(JustEval.Examples()));
        var every = ScoreStatistics.ByTag(second, Aspect.Helpfulness, tags, NaPolicy.AsFive).ToDictionary(tag => tag.Tag, tag => tag.Mean);
        var last = ScoreStatistics.ByTag(second, Aspect.Helpfulness, tags, NaPolicy.AsFive, TagCounting.LastOnly)
            .ToDictionary(tag => tag.Tag, tag => tag.Mean);

        // Independent: summed by another program over the same files.
        Assert.Equal((66, 4.575757575757576), (every["coding"].N, every["coding"].Value), new Near());
        Assert.Equal((29, 4.448275862068965), (last["coding"].N, last["coding"].Value), new Near());
        Assert.Equal((285, 4.463157894736842), (last["reasoning"].N, last["reasoning"].Value), new Near());
        Assert.Equal(every.Values.Average(mean => mean.Value),
            ScoreStatistics.MacroByTag(second, Aspect.Helpfulness, tags, NaPolicy.AsFive).Value, 10);
    }

    [Theory]
    [InlineData(3.5, 16, true)]
    [InlineData(3.5, 31, false)]
    [InlineData(4.81, 16, true)]
    [InlineData(5, 3, true)]
    [InlineData(4.4, 3, false)]
    public void Some_printed_means_cannot_be_means_of_n_whole_scores(double mean, int n, bool reachable) =>
        Assert.Equal(reachable, TaskTable.IsReachable(mean, n));

    [Theory]
    [InlineData("m,0,safety,j,6,0", "line 2: expected a score from 1 to 5")]
    [InlineData("m,0,safety,j,3,1", "line 2: expected a score")]
    [InlineData("m,0,safety,j,,0", "line 2: expected a score")]
    [InlineData("m,0,beauty,j,3,0", "line 2: 'beauty' is none of the aspects")]
    [InlineData("m,0,safety,j,3,0\nm,0,safety,j,4,0", "line 3: j scored the safety of m's answer to 0 before")]
    [InlineData("", "holds no scores")]
    public void A_bad_line_of_stored_scores_is_named(string lines, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("scores.csv"), "model,id,aspect,judge,score,is_na\n" + lines);
        Assert.Contains(message, Assert.Throws<UrialException>(() => StoredScores.Load(folder.File("scores.csv"))).Message);
    }

    [Fact]
    public void A_bad_published_table_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("t.csv"), "model,a\nx,1\ny,two\n");
        Assert.Contains("line 3: 'two' under a is not a number",
            Assert.Throws<UrialException>(() => PublishedTable.Load(folder.File("t.csv"), "s")).Message);
        Assert.Contains("nowhere.csv", Assert.Throws<UrialException>(() => PublishedTable.Load(folder.File("nowhere.csv"), "s")).Message);
        Assert.Contains("no row 'z'", Assert.Throws<UrialException>(() => PublishedTable.Table1()["z"]).Message);
    }

    private sealed class Near : IEqualityComparer<(int N, double Value)>
    {
        public bool Equals((int N, double Value) x, (int N, double Value) y) => x.N == y.N && Math.Abs(x.Value - y.Value) < 1e-10;

        public int GetHashCode((int N, double Value) pair) => pair.N;
    }
}
