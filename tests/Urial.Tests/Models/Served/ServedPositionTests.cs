using Urial.Tests.Shift;

namespace Urial.Tests.Models.Served;

public sealed class ServedPositionTests
{
    private const double Near = 1e-6;

    [Fact]
    public async Task A_server_that_tells_the_whole_vocabulary_gives_the_numbers_of_this_process()
    {
        using var here = new ServedPair();
        using var @base = CompletionsTestServer.Start(here.Pair.Base);
        using var aligned = CompletionsTestServer.Start(here.Pair.Aligned);
        using var b = await Connect(@base, GoldenPair.Base, -1);
        using var a = await Connect(aligned, GoldenPair.Aligned, -1);

        Assert.True(b.IsWhole && b.HasRanks);
        Assert.Equal(here.Pair.Base.Config.VocabularySize, b.VocabularySize);
        Assert.Equal("prompt_logprobs", b.LogprobsBy);
        Assert.Empty(b.Notes);
        foreach (var text in here.Texts)
        {
            var served = ServedPair.Positions(
                await ServedPair.Rows(b, text.Base, text.Answer), await ServedPair.Rows(a, text.Aligned, text.Answer), text.Answer);
            foreach (var (own, other) in here.InProcess(text).Zip(served))
            {
                Assert.Null(other.Bounds);
                Same(own, other);
                Assert.Equal(own.KlAlignedBase, other.KlAlignedBase, Near);
                Assert.Equal(own.KlBaseAligned, other.KlBaseAligned, Near);
                Assert.Equal(own.Js, other.Js, Near);
                Assert.Equal(own.BaseEntropy, other.BaseEntropy, Near);
                Assert.Equal(own.AlignedEntropy, other.AlignedEntropy, Near);
            }
        }
    }

    [Fact]
    public async Task A_server_that_tells_20_tokens_gives_rank_class_and_probability_exactly_and_bounds_that_hold_the_rest()
    {
        using var here = new ServedPair();
        using var @base = CompletionsTestServer.Start(here.Pair.Base, new() { MaxLogprobs = 20 });
        using var aligned = CompletionsTestServer.Start(here.Pair.Aligned, new() { MaxLogprobs = 20, FlatErrors = true });
        using var b = await Connect(@base, GoldenPair.Base, 20);
        using var a = await Connect(aligned, GoldenPair.Aligned, 20);
        var beyond = 0;
        foreach (var text in here.Texts)
        {
            var (bRows, aRows) = (await ServedPair.Rows(b, text.Base, text.Answer), await ServedPair.Rows(a, text.Aligned, text.Answer));
            var own = here.InProcess(text);
            foreach (var (sides, exactBase, exactAligned) in new[]
            {
                ((bRows, aRows), false, false),
                ((ServedPair.Rows(here.Pair.Base, text.Base, text.Answer), aRows), true, false),
                ((bRows, ServedPair.Rows(here.Pair.Aligned, text.Aligned, text.Answer)), false, true),
            })
                foreach (var (exact, served) in own.Zip(ServedPair.Positions(sides.Item1, sides.Item2, text.Answer)))
                {
                    Same(exact, served);
                    Held(exact, served);
                    Assert.Equal(exactBase, served.Bounds!.BaseEntropy.IsExact);
                    Assert.Equal(exactAligned, served.Bounds.AlignedEntropy.IsExact);
                    Assert.Equal(exactBase, double.IsFinite(served.Bounds.KlAlignedBase.High));
                    Assert.Equal(exactAligned, double.IsFinite(served.Bounds.KlBaseAligned.High));
                    Assert.True(double.IsNaN(served.Js));
                    beyond += served.BaseRank > 20 ? 1 : 0;
                }
        }
        Assert.True(beyond > 10); // else the ranks were no test
    }

    [Theory]
    [InlineData(true, true, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, true)]
    public async Task An_echo_gives_ranks_as_far_as_its_list_goes(bool tokensAsIds, bool tokenIds, bool needsToken)
    {
        using var here = new ServedPair();
        var options = new CompletionsTestOptions
        {
            PromptLogprobs = false,
            TokensAsIds = tokensAsIds,
            TokenIds = tokenIds,
            EchoNeedsToken = needsToken,
            MaxLogprobs = 20,
        };
        using var @base = CompletionsTestServer.Start(here.Pair.Base, options);
        using var aligned = CompletionsTestServer.Start(here.Pair.Aligned, options);
        using var b = await Connect(@base, GoldenPair.Base, 20);
        using var a = await Connect(aligned, GoldenPair.Aligned, 20);
        Assert.Equal("echo", b.LogprobsBy);
        Assert.False(b.HasRanks);
        var (censored, known) = (0, 0);
        foreach (var text in here.Texts)
            foreach (var (exact, served) in here.InProcess(text).Zip(ServedPair.Positions(
                await ServedPair.Rows(b, text.Base, text.Answer), await ServedPair.Rows(a, text.Aligned, text.Answer), text.Answer)))
            {
                Assert.Equal(exact.BaseProbability, served.BaseProbability, Near);
                Held(exact, served);
                if (served.RankCensored)
                {
                    Assert.True(exact.BaseRank >= served.BaseRank);
                    Assert.Equal(tokensAsIds ? 21 : served.BaseRank, served.BaseRank);
                    censored++;
                }
                else
                {
                    Assert.Equal(exact.BaseRank, served.BaseRank);
                    known++;
                }
            }
        Assert.True(censored > 5 && known > 5, $"{censored} censored, {known} known");
    }

    private static Task<ServedModel> Connect(CompletionsTestServer server, string folder, int top) =>
        ServedModel.ConnectAsync(server.Settings with { TopLogprobs = top }, folder);

    private static void Same(PositionShift exact, PositionShift served)
    {
        Assert.Equal(exact.BaseRank, served.BaseRank);
        Assert.False(served.RankCensored);
        Assert.Equal(exact.Class, served.Class);
        Assert.Equal(exact.BaseProbability, served.BaseProbability, Near);
        Assert.Equal(exact.AlignedProbability, served.AlignedProbability, Near);
        Assert.Equal(exact.AlignedArgmaxId, served.AlignedArgmaxId);
        Assert.Equal(exact.BaseTop.Select(token => token.Id), served.BaseTop.Select(token => token.Id));
        Assert.Equal(exact.AlignedTop.Select(token => token.Id), served.AlignedTop.Select(token => token.Id));
    }

    private static void Held(PositionShift exact, PositionShift served)
    {
        var bounds = served.Bounds!;
        foreach (var (bound, value) in new[]
        {
            (bounds.KlAlignedBase, exact.KlAlignedBase), (bounds.KlBaseAligned, exact.KlBaseAligned), (bounds.Js, exact.Js),
            (bounds.BaseEntropy, exact.BaseEntropy), (bounds.AlignedEntropy, exact.AlignedEntropy),
        })
            Assert.True(bound.Hold(value, Near), $"{value} is not in {bound.Low} to {bound.High}");
    }
}
