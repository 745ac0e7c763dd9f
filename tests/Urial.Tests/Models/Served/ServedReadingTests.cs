using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Urial.Tests.Models.Served;

public sealed class ServedReadingTests
{
    private static readonly ServedErrors Errors = new(ServedModelSettings.Of("http://127.0.0.1:1/v1"));

    [Theory]
    [InlineData("3", 3.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("0", 0.0)]
    [InlineData("-1", null)]
    [InlineData("soon", null)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", null)]
    [InlineData(null, null)]
    public void Retry_after_is_a_number_of_seconds(string? value, double? seconds) =>
        Assert.Equal(seconds, RetryAfter.Parse(value)?.TotalSeconds);

    [Fact]
    public void Retry_after_may_be_a_date() => Assert.InRange(
        RetryAfter.Parse(DateTimeOffset.UtcNow.AddSeconds(60).ToString("r", CultureInfo.InvariantCulture))!.Value.TotalSeconds, 50, 61);

    [Fact]
    public void Numbers_of_Python_are_quoted_outside_of_texts_alone()
    {
        const string Json = """{"a": NaN, "b": [-Infinity, Infinity], "c": "NaN \" NaN", "d": 1}""";
        var quoted = PythonNumbers.Quoted(Encoding.UTF8.GetBytes(Json))!;
        var read = JsonElement.Parse(quoted);
        Assert.Equal("NaN", read.GetProperty("a").GetString());
        Assert.Equal(["-Infinity", "Infinity"], read.GetProperty("b").EnumerateArray().Select(x => x.GetString()));
        Assert.Equal("NaN \" NaN", read.GetProperty("c").GetString());
        Assert.Null(PythonNumbers.Quoted("""{"c": "NaN"}"""u8));
    }

    [Fact]
    public void A_token_within_the_list_has_its_place_as_rank_and_ties_go_by_id()
    {
        var found = Of(new(7, -1), null, [new(3, -1), new(9, -1), new(2, -3)], asked: 4);
        Assert.Equal(2, found.Rank); // behind 3, before 9
        Assert.Equal([3, 7, 9, 2], found.Top.Select(token => token.Id));
        Assert.Equal((3, -3.0), (found.ArgmaxId, found.LargestOther));
    }

    [Fact]
    public void A_token_beside_the_list_has_the_rank_that_the_server_tells_or_none()
    {
        var told = Of(new(7, -9), 31, [new(3, -1), new(9, -2)], asked: 2);
        Assert.Equal((31, 2), (told.Rank, told.Top.Count));
        Assert.Equal(-2, told.LargestOther); // its own is smaller and does not count

        var silent = Of(new(7, -9), null, [new(3, -1), new(9, -2)], asked: 2);
        Assert.Equal((null, 2), (silent.Rank, silent.RankAbove));

        var last = Of(new(7, -9), null, [new(3, -1)], asked: 2);
        Assert.Equal((2, -9.0), (last.Rank, last.LargestOther)); // the list had room for it

        var alone = Of(new(7, -9), null, [], asked: 2, isNamed: false);
        Assert.Equal((null, 0, 0.0, -1), (alone.Rank, alone.RankAbove, alone.LargestOther, alone.ArgmaxId));
    }

    [Fact]
    public void A_list_by_spelling_that_is_short_hides_what_stands_between()
    {
        var found = Of(new(7, -9), null, [new(3, -1)], asked: 3, bySpelling: true);
        Assert.Equal((null, 1), (found.Rank, found.RankAbove));
        Assert.Equal(0, found.LargestOther);
        Assert.Equal(-1, found.ArgmaxId); // 0.37 may be hidden behind 3's spelling, and more

        var unnamed = ServedDistribution.Of(new(7, -5), null, true, [new(3, -1)], [-0.9], 2, true, 50, Errors);
        Assert.Equal((null, 2, -1), (unnamed.Rank, unnamed.RankAbove, unnamed.ArgmaxId));
        Assert.Equal(-0.9, unnamed.LargestOther);
    }

    [Fact]
    public void Minus_9999_is_impossible_and_a_rank_that_the_list_contradicts_is_refused()
    {
        Assert.Equal(double.NegativeInfinity, Of(new(7, -9999), 50, [new(3, -1)], asked: 1).LogProbability);
        Assert.Contains("ranks token 7 as number 1 of 50, and lists 2", Assert.Throws<UrialException>(
            () => Of(new(7, -9), 1, [new(3, -1), new(9, -2)], asked: 2)).Message);
        Assert.Contains("names token 50", Assert.Throws<UrialException>(() => Of(new(7, -9), 3, [new(50, -1)], asked: 1)).Message);
    }

    private static ServedDistribution Of(
        ServedToken token, int? rank, List<ServedToken> others, int asked, bool isNamed = true, bool bySpelling = false) =>
        ServedDistribution.Of(token, rank, isNamed, others, [], asked, bySpelling, 50, Errors);
}
