using Urial.MicroWorld;
using Urial.Tests.Models;

namespace Urial.Tests.Shift;

public sealed class SharedScoresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelPair _pair = ModelPair.Load(MicroModels.Base, MicroModels.Sft);
    private readonly int[] _answer;
    private int _scored;

    public SharedScoresTests() => _answer = [.. _pair.Tokenizer.Encode("Certainly! It lies by the river, and I hope that this helps."), 0];

    public void Dispose()
    {
        _pair.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(30)]
    public void An_answer_is_scored_once_and_every_number_is_the_same_to_the_last_bit(int top)
    {
        var query = Query("Where does it lie?");

        var first = Score(_pair, query, _answer, top);
        var second = Score(_pair, query, _answer, top);

        var alone = Scorer(_pair, query, _answer)(top);
        Assert.Equal(_answer.Length, alone.Length);
        Same(alone, first);
        Same(alone, second);
        Assert.Equal(1, _scored);
        Assert.Single(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void Who_wants_more_top_tokens_than_the_first_still_finds_them()
    {
        var query = Query("Where does it lie?");
        Score(_pair, query, _answer, top: 1);

        Same(Scorer(_pair, query, _answer)(30), Score(_pair, query, _answer, top: 30));

        Assert.Equal(1, _scored);
    }

    [Fact]
    public void Another_answer_prompt_or_model_is_scored_by_itself()
    {
        var query = Query("Where does it lie?");
        using var other = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);

        Score(_pair, query, _answer, 3);
        Score(_pair, query, _answer[..^1], 3);
        Score(_pair, Query("Where does that lie?"), _answer, 3);
        Same(Scorer(other, query, _answer)(3), Score(other, query, _answer, 3));

        Assert.Equal(4, _scored);
    }

    [Theory]
    [InlineData("cut short")]
    [InlineData("of another answer")]
    [InlineData("no scores")]
    public void A_file_that_is_not_whole_or_something_else_is_not_believed(string file)
    {
        var query = Query("Where does it lie?");
        Score(_pair, query, _answer, 3);
        var path = Assert.Single(Directory.GetFiles(_folder.Root));
        var bytes = File.ReadAllBytes(path);
        if (file == "of another answer")
            bytes[8]++; // the first token's id
        File.WriteAllBytes(path, file switch
        {
            "cut short" => bytes[..^7],
            "no scores" => [.. Enumerable.Repeat((byte)0xff, 400)],
            _ => bytes,
        });

        Same(Scorer(_pair, query, _answer)(3), Score(_pair, query, _answer, 3));

        Assert.Equal(2, _scored);
    }

    [Fact]
    public void Where_the_folder_is_gone_the_answer_is_scored()
    {
        var query = Query("Where does it lie?");
        var shared = SharedScores.In(Path.Combine(_folder.Root, "gone"), _pair)!;

        Same(Scorer(_pair, query, _answer)(3), shared.Score(query, _answer, 3, Scorer(_pair, query, _answer)));
    }

    [Fact]
    public void Nothing_is_shared_without_a_folder_and_of_models_without_files()
    {
        var model = LanguageModel.Of(_pair.Base.Decoder, "without files"); // the decoder is the pair's

        Assert.Null(SharedScores.In(null, _pair));
        Assert.Null(SharedScores.In("", _pair));
        Assert.Null(SharedScores.In(_folder.Root, ModelPair.Twice(model)));
    }

    private PositionShift[] Score(ModelPair pair, PreparedQuery query, int[] ids, int top) =>
        SharedScores.In(_folder.Root, pair)!.Score(query, ids, top, most =>
        {
            _scored++;
            return Scorer(pair, query, ids)(most);
        });

    private static Func<int, PositionShift[]> Scorer(ModelPair pair, PreparedQuery query, int[] ids) =>
        top => AnswerScorer.Score(pair, query.Base.Tokens.Ids, query.Aligned.Tokens.Ids, ids, top);

    private PreparedQuery Query(string text) =>
        PreparedQuery.Of(PromptedPair.Of(_pair), ShiftQuery.Of("one", text), new ShiftOptions());

    private static void Same(PositionShift[] wanted, PositionShift[] found)
    {
        Assert.Equal(wanted.SelectMany(shift => shift.BaseTop), found.SelectMany(shift => shift.BaseTop));
        Assert.Equal(wanted.SelectMany(shift => shift.AlignedTop), found.SelectMany(shift => shift.AlignedTop));
        Assert.Equal(wanted.Select(Bare), found.Select(Bare));

        static PositionShift Bare(PositionShift shift) => shift with { BaseTop = [], AlignedTop = [] };
    }
}
