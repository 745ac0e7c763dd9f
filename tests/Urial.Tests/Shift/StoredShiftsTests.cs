namespace Urial.Tests.Shift;

public sealed class StoredShiftsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-stored-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_run_is_read_back_as_it_was_scored()
    {
        var scored = Run().Table.Answers;

        var read = StoredShifts.Read(_folder.FullName);

        Assert.Equal(scored.Select(answer => answer.Id), read.Select(answer => answer.Id));
        foreach (var (one, other) in scored.Zip(read))
        {
            Assert.Equal(one.AnswerIds, other.AnswerIds);
            Assert.Equal(one.Tokens, other.Tokens);
            Assert.Equal((one.Text, one.Ended), (other.Text, other.Ended));
            foreach (var (before, after) in one.Positions.Zip(other.Positions))
            {
                Assert.Equal(before.BaseTop, after.BaseTop);
                Assert.Equal(before.AlignedTop, after.AlignedTop);
                Assert.Equal(before with { BaseTop = [], AlignedTop = [] }, after with { BaseTop = [], AlignedTop = [] });
            }
        }
        Assert.Contains(read, answer => answer.Positions[0].BaseTop[0].Shown is { Length: > 0 });
    }

    [Fact]
    public void Without_top_tokens_a_run_is_read_as_well()
    {
        var scored = Run(top: 0).Table.Answers;

        var read = StoredShifts.Read(_folder.FullName);

        Assert.Equal(scored.SelectMany(answer => answer.Positions).Select(p => (p.BaseRank, p.KlAlignedBase)),
            read.SelectMany(answer => answer.Positions).Select(p => (p.BaseRank, p.KlAlignedBase)));
        Assert.All(read.SelectMany(answer => answer.Positions), p => Assert.Empty(p.BaseTop));
    }

    [Fact]
    public void Compact_positions_are_the_same_to_seven_digits_and_smaller()
    {
        var scored = Run().Table.Answers;
        var whole = new FileInfo(Path.Combine(_folder.FullName, "positions.parquet")).Length;
        Run(format: PositionsFormat.Compact);

        var read = StoredShifts.Read(_folder.FullName);

        Assert.InRange(new FileInfo(Path.Combine(_folder.FullName, "positions.parquet")).Length, 1, whole * 0.7);
        foreach (var (before, after) in scored.SelectMany(answer => answer.Positions).Zip(read.SelectMany(answer => answer.Positions)))
        {
            Assert.Equal((before.TokenId, before.BaseRank, before.IsEos), (after.TokenId, after.BaseRank, after.IsEos));
            Assert.Equal((double)(float)before.KlAlignedBase, after.KlAlignedBase);
            Assert.Equal((double)(float)before.BaseProbability, after.BaseProbability);
            Assert.Equal(before.BaseTop.Select(top => (top.Id, (double)(float)top.Probability)),
                after.BaseTop.Select(top => (top.Id, top.Probability)));
        }
    }

    [Fact]
    public void Queries_give_the_answers_their_words_and_kinds()
    {
        var ids = Run().Table.Answers.Select(answer => answer.Id).ToList();
        ShiftQuery[] queries = [.. ids.Select(id => ShiftQuery.Of(id, $"What about {id}?") with { Kind = "made up" })];

        var read = StoredShifts.Read(_folder.FullName, queries);

        Assert.All(read, answer => Assert.Equal(($"What about {answer.Id}?", "made up"), (answer.Query, answer.Kind)));
        var problem = Assert.Throws<UrialException>(() => StoredShifts.Read(_folder.FullName, queries[1..]));
        Assert.Contains($"an answer to {ids[0]}, which is none of", problem.Message);
    }

    [Theory]
    [InlineData("positions.parquet")]
    [InlineData("tokens.jsonl")]
    [InlineData("summary.json")]
    public void A_file_that_was_changed_is_named(string file)
    {
        Run();
        var path = Path.Combine(_folder.FullName, file);
        File.AppendAllText(path, "\n");

        var problem = Assert.Throws<UrialException>(() => StoredShifts.Read(_folder.FullName));

        Assert.Contains(path, problem.Message);
        Assert.Contains("was changed", problem.Message);
    }

    [Fact]
    public void A_run_without_tokens_says_how_to_make_one_with_them()
    {
        Run(tokens: false);

        var problem = Assert.Throws<UrialException>(() => StoredShifts.Read(_folder.FullName));

        Assert.Contains("--tokens", problem.Message);
    }

    [Theory]
    [InlineData("{}", "\"bytes\" is missing")]
    [InlineData("""{"token_id": 1, "token": "x", "bytes": "7", "special": false}""", "no token of a run")]
    [InlineData("""{"token_id": 1, "token": "x", "bytes": "78", "special": 1}""", "no token of a run")]
    [InlineData("""{"token_id": 0, "token": "y", "bytes": "79", "special": false}""", "token 0 twice")]
    public void A_bad_line_of_tokens_is_named(string bad, string message)
    {
        var path = Path.Combine(_folder.FullName, "tokens.jsonl");
        File.WriteAllLines(path, ["""{"token_id": 0, "token": "y", "bytes": "79", "special": false}""", bad]);

        var problem = Assert.Throws<UrialException>(() => TokensJsonl.Read(path));

        Assert.Contains(path, problem.Message);
        Assert.Contains(message, problem.Message);
    }

    [Fact]
    public void What_is_no_parquet_file_is_refused()
    {
        var path = Path.Combine(_folder.FullName, "positions.parquet");
        File.WriteAllText(path, "not parquet at all");

        Assert.Contains(path, Assert.Throws<UrialException>(() => PositionsParquetReader.Read(path)).Message);
    }

    private ShiftRun Run(bool tokens = true, int top = 4, PositionsFormat format = PositionsFormat.Parquet) =>
        ShiftRun.Execute(new ShiftRunSettings
        {
            BaseDirectory = GoldenPair.Base,
            AlignedDirectory = GoldenPair.Aligned,
            QueriesFile = GoldenPair.Queries,
            OutDirectory = _folder.FullName,
            Options = new ShiftOptions { Top = top },
            Format = format,
            Tokens = tokens,
            Note = "tiny",
        });
}
