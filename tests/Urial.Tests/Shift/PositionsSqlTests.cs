using Microsoft.Data.Analysis;

namespace Urial.Tests.Shift;

/// <summary>Runs of any size, asked with SQL.</summary>
public sealed class PositionsSqlTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-sql'-"); // a name that SQL has to quote

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_summary_is_that_of_the_answers(bool withEos)
    {
        var answers = StoredShifts.Read(TwoPrompts.Folder);
        var (expected, actual) = (new ShiftTable(answers).Summary(withEos), PositionsSql.Summary(TwoPrompts.Folder, withEos));
        Assert.Equal((expected.WithEos, expected.Positions, expected.Answers, expected.NotEnded),
            (actual.WithEos, actual.Positions, actual.Answers, actual.NotEnded));
        Assert.True(expected.NotEnded > 0);
        Assert.All(new[] { ShiftClass.Unshifted, ShiftClass.Marginal, ShiftClass.Shifted }, shift =>
        {
            Same(expected.Micro.Of(shift), actual.Micro.Of(shift));
            Same(expected.Macro.Of(shift), actual.Macro.Of(shift));
        });
        Assert.All(expected.Means, mean => Same(mean.Value, actual.Means[mean.Key]));
    }

    [Fact]
    public void Results_are_columns_of_their_types()
    {
        var frame = PositionsSql.Query(TwoPrompts.Folder, "SELECT class, count(*) AS n, sum(base_rank) AS ranks, avg(js) AS js, "
            + "max(token_id) AS id, bool_or(is_eos) AS ends, NULL::DOUBLE AS nothing, first(base_top_ids) AS top "
            + "FROM positions GROUP BY class ORDER BY n DESC");
        Assert.Equal(3, frame.Rows.Count);
        Assert.IsType<StringDataFrameColumn>(frame["class"]);
        Assert.IsType<Int64DataFrameColumn>(frame["n"]);
        Assert.IsType<Int64DataFrameColumn>(frame["ranks"]);
        Assert.IsType<DoubleDataFrameColumn>(frame["js"]);
        Assert.IsType<Int32DataFrameColumn>(frame["id"]);
        Assert.IsType<BooleanDataFrameColumn>(frame["ends"]);
        Assert.Null(frame["nothing"][0]);
        Assert.Matches(@"^\[\d+, \d+, \d+\]$", (string)frame["top"][0]);
        var positions = StoredShifts.Read(TwoPrompts.Folder).SelectMany(answer => answer.Positions).ToArray();
        Assert.Equal(positions.LongCount(p => p.IsUnshifted), frame["n"][0]);
        Assert.Equal(positions.Where(p => p.IsUnshifted).Average(p => p.Js), (double)frame["js"][0], 12);
    }

    [Fact]
    public void A_curve_is_that_of_the_answers()
    {
        var expected = PositionCurve.Of(StoredShifts.Read(TwoPrompts.Folder), p => p.Js);
        var actual = PositionsSql.Curve(TwoPrompts.Folder, "js");
        Assert.Equal(expected.Select(point => (point.Position, point.Value.N)), actual.Select(point => (point.Position, point.Value.N)));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.Value.Value, pair.Second.Value.Value, 10));
        Assert.InRange(actual[0].Value.Interval.Low, expected[0].Value.Interval.Low - 0.03, expected[0].Value.Interval.Low + 0.03);
        Assert.Contains("no_such", Assert.Throws<UrialException>(() => PositionsSql.Curve(TwoPrompts.Folder, "no_such")).Message);
    }

    [Fact]
    public void A_stored_run_becomes_a_large_one()
    {
        var folder = Path.Combine(_folder.FullName, "many");
        var small = PositionsSql.Summary(TwoPrompts.Folder);
        var made = ManyPositions.Make(TwoPrompts.Folder, folder, 2L * small.Positions + 1);
        var large = PositionsSql.Summary(folder);
        Assert.Equal((made, 3 * small.Positions, 3 * small.Answers, 3 * small.NotEnded),
            (large.Positions, large.Positions, large.Answers, large.NotEnded));
        Assert.Equal(small.Micro.Unshifted.Value, large.Micro.Unshifted.Value, 12);
        Assert.True(large.Micro.Unshifted.Interval.Low > small.Micro.Unshifted.Interval.Low);
    }

    [Fact]
    public void A_run_that_is_not_complete_has_what_is_there()
    {
        var settings = new ShiftRunSettings
        {
            BaseDirectory = GoldenPair.Base,
            AlignedDirectory = GoldenPair.Aligned,
            QueriesFile = GoldenPair.Queries,
            OutDirectory = Path.Combine(_folder.FullName, "out"),
        };
        Assert.Throws<OperationCanceledException>(() => ShiftRun.Execute(settings,
            step => { if (step is { Name: "scoring", Done: >= 3 }) throw new OperationCanceledException(); }));
        Assert.InRange((long)PositionsSql.Query(settings.OutDirectory, "SELECT count(DISTINCT id) AS n FROM positions")["n"][0], 3, 12);
    }

    [Theory]
    [InlineData("SELECT nothing FROM positions", "nothing")]
    [InlineData("SELEC 1", "syntax error")]
    public void A_query_that_cannot_be_answered_says_why(string sql, string why)
    {
        var problem = Assert.Throws<UrialException>(() => PositionsSql.Query(TwoPrompts.Folder, sql));
        Assert.Contains(why, problem.Message);
        Assert.Contains(TwoPrompts.Folder, problem.Message);
    }

    [Fact]
    public void A_folder_without_positions_and_a_damaged_file_are_named()
    {
        Assert.Contains("There is no query", Assert.Throws<UrialException>(() => PositionsSql.Query(_folder.FullName, null!)).Message);
        Assert.Contains("has no positions.parquet",
            Assert.Throws<UrialException>(() => PositionsSql.Query(_folder.FullName, "SELECT 1")).Message);
        File.WriteAllText(Path.Combine(_folder.FullName, "positions.parquet"), "nothing of the kind, though long enough");
        Assert.Contains(_folder.FullName, Assert.Throws<UrialException>(() => PositionsSql.Query(_folder.FullName, "SELECT 1")).Message);
    }

    private static void Same(Estimate expected, Estimate actual)
    {
        Assert.Equal(expected.N, actual.N);
        Assert.Equal(expected.Value, actual.Value, 10);
        Assert.Equal(expected.Interval.Low, actual.Interval.Low, 10);
        Assert.Equal(expected.Interval.High, actual.Interval.High, 10);
    }
}
