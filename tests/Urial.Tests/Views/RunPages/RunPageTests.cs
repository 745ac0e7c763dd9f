using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Urial.Tests;

public sealed partial class RunPageTests
{
    private static readonly StoredRun Run = MadeUpRun.Of();
    private static readonly string Page = MadeUpRun.Page(Run);

    [Fact]
    public void Every_answer_is_there_with_its_query_and_numbers()
    {
        var index = Data("index").Single();
        Assert.Equal(Run.Answers.Select(answer => VisibleText.Of(answer.Id)), Texts(index, "id"));
        Assert.Equal(Run.Answers.Select(answer => VisibleText.Of(answer.Query)), Texts(index, "query"));
        Assert.Equal(Run.Answers.Select(answer => VisibleText.Of(answer.Text)), Texts(index, "text"));
        Assert.Equal(Run.Answers.Select(answer => answer.Positions.Count(p => p.IsShifted)), Numbers(index.GetProperty("shifted")));
        Assert.Equal(Run.Answers.Select(answer => answer.Ended ? 1 : 0), Numbers(index.GetProperty("ended")));
    }

    [Fact]
    public void Positions_have_both_models_numbers_and_top_tokens() => Check(Page, Run);

    [Fact]
    public void A_large_run_is_compressed_and_the_same()
    {
        var run = MadeUpRun.Of([.. Enumerable.Range(0, 150).Select(i => MadeUp.Long with { Id = $"a{i}" })]);
        var page = MadeUpRun.Page(run);
        Assert.True(Data("index", page).Single().GetProperty("compressed").GetBoolean());
        Assert.InRange(Blocks("chunk", page).Count, 10, 150);
        Check(page, run);
    }

    [Theory]
    [InlineData("micro", "unshifted")]
    [InlineData("micro", "shifted")]
    [InlineData("macro", "shifted")]
    [InlineData(null, "mean_kl_aligned_base")]
    [InlineData(null, "mean_kl_base_aligned")]
    [InlineData(null, "mean_js")]
    public void The_summarys_numbers_are_the_files(string? group, string name)
    {
        foreach (var side in new[] { "with_eos", "without_eos" })
            foreach (var of in new[] { Run.Summary.GetProperty(side), Run.Summary.GetProperty(side).GetProperty("ended_only") })
            {
                var value = (group is null ? of : of.GetProperty(group)).GetProperty(name).GetDouble();
                Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"<data value=\"{value:R}\">"), Page);
            }
    }

    [Fact]
    public void Answers_that_did_not_end_are_counted_apart()
    {
        var cut = Run.Answers.NotEnded();
        Assert.InRange(cut, 1, 49);
        Assert.Contains($"{cut} of them did not end", Page);
        Assert.Contains($"the {50 - cut} that ended", Page);
    }

    [Fact]
    public void The_policy_lets_the_pages_own_script_run_and_no_other()
    {
        var policy = Policy().Match(Page).Groups[1].Value;
        Assert.StartsWith("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-", policy);
        var scripts = Scripts().Matches(Page).Select(match => match.Groups[1].Value).ToList();
        var script = Assert.Single(scripts);
        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'", policy);
        Assert.True(Page.IndexOf("Content-Security-Policy", StringComparison.Ordinal) < Page.IndexOf("<style", StringComparison.Ordinal));
        Assert.DoesNotContain("http://", Page);
        Assert.DoesNotContain("https://", Page);
    }

    [Fact]
    public void What_models_and_users_wrote_is_text()
    {
        var markup = Scripts().Replace(DataBlock().Replace(Page, ""), "");
        foreach (var hostile in MadeUpRun.Hostile.Where(text => text.Contains('<')))
        {
            Assert.DoesNotContain(hostile, Page);
            Assert.Contains(WebUtility.HtmlEncode(hostile), markup);
        }
        Assert.DoesNotContain("<b>it</b>", Page);
        Assert.DoesNotContain("<b>aligned", Page);
        Assert.DoesNotContain(Page, c => c is '\u202e' or '\u001b');
        Assert.Contains("⟨U+202E⟩gnp⟨U+202C⟩⟨U+001B⟩[31m", markup);
        Assert.All(DataBlock().Matches(Page), block => Assert.DoesNotContain('<', block.Groups[1].Value));
    }

    [Fact]
    public void Without_script_there_are_summary_charts_manifest_and_the_first_answers()
    {
        var markup = Scripts().Replace(DataBlock().Replace(Page, ""), "");
        Assert.Equal(RunPage.FirstAnswers, Articles().Count(markup));
        Assert.Contains($"the first {RunPage.FirstAnswers} of 50 answers", markup);
        Assert.Equal(5, markup.Split("<svg ").Length - 1);
        Assert.Contains("0123abcd", markup);
        Assert.Contains("html lang=\"en\"", markup);
        Assert.Contains("<title>&lt;b&gt;aligned beside tiny-base:", Page);
    }

    [Fact]
    public void The_parts_of_a_written_answer_are_named_where_they_begin()
    {
        var answer = MadeUp.Of("w1", "Why?", "Well", ",", " so", ".", " Bye", "<eos>") with
        {
            Segments = ["opener", "opener", "body", "body", "closer", "end of turn"],
        };
        var run = MadeUpRun.Of([answer, MadeUp.Of("w2", "And?", "No", "<eos>")]);
        var page = MadeUpRun.Page(run);

        Assert.Equal(["opener", "body", "closer", "end of turn"], Part().Matches(page).Select(match => match.Groups[1].Value));
        Assert.Equal(["opener", "body", "closer", "end of turn"], Texts(Data("index", page).Single(), "parts"));
        var data = Data("chunk", page).Single().EnumerateArray().ToList();
        Assert.Equal([0, 0, 1, 1, 2, 3], Numbers(data[0][13]));
        Assert.Empty(Numbers(data[1][13]));
        Check(page, run);
    }

    [Fact]
    public void The_same_run_is_the_same_page() => Assert.Equal(Page, MadeUpRun.Page(MadeUpRun.Of()));

    [Fact]
    public void One_answer_of_one_token_has_a_page_too()
    {
        var page = MadeUpRun.Page(MadeUpRun.Of([MadeUp.Of("only", "", "<eos>")]));
        Assert.Contains("n = 1 tokens of 1 answers", page);
        Assert.Equal(1, Articles().Count(page));
    }

    private static void Check(string page, StoredRun run)
    {
        var tokens = Data("tokens", page).Single().GetProperty("shown").EnumerateArray().Select(text => text.GetString()!).ToList();
        var answers = Data("chunk", page).SelectMany(chunk => chunk.EnumerateArray()).ToList();
        Assert.Equal(run.Answers.Count, answers.Count);
        foreach (var (answer, data) in run.Answers.Zip(answers))
        {
            var positions = answer.Positions;
            Assert.Equal(answer.Tokens.Select(token => VisibleText.Of(ShortText.Of(token.Shown, 48))),
                Numbers(data[0]).Select(at => tokens[at]));
            Assert.Equal(positions.Select(p => p.BaseRank), Numbers(data[1]));
            Assert.Equal(positions.Select(p => Math.Round(1000 * p.BaseProbability)), Numbers(data[2]).Select(p => (double)Math.Max(0, p)));
            Assert.All(positions.Zip(Numbers(data[4])),
                pair => Assert.InRange(pair.Second / 100.0 - pair.First.KlAlignedBase, -0.0051, 0.0051));
            var top = Numbers(data[9]).Where(at => at >= 0).Select(at => tokens[at]);
            Assert.Equal(positions.SelectMany(p => p.BaseTop).Select(token => VisibleText.Of(ShortText.Of(token.Shown!, 48))), top);
        }
    }

    private static IEnumerable<JsonElement> Data(string name, string? page = null) => Blocks(name, page ?? Page)
        .Select(text => JsonElement.Parse(text.StartsWith('{') || text.StartsWith('[') ? text : Inflate(text)));

    private static List<string> Blocks(string name, string page) => [.. DataBlock().Matches(page)
        .Where(block => block.Value.Contains($"data-urial=\"{name}\"", StringComparison.Ordinal)).Select(block => block.Groups[1].Value)];

    private static string Inflate(string base64)
    {
        using var reader = new StreamReader(new ZLibStream(new MemoryStream(Convert.FromBase64String(base64)), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    private static IEnumerable<string> Texts(JsonElement json, string name) =>
        json.GetProperty(name).EnumerateArray().Select(text => text.GetString()!);

    private static IEnumerable<int> Numbers(JsonElement json) => json.EnumerateArray().Select(number => number.GetInt32());

    [GeneratedRegex("<b class=\"part\">([^<]*)</b>")]
    private static partial Regex Part();

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">")]
    private static partial Regex Policy();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex("<script type=\"[a-z/]+\" data-urial=\"[a-z]+\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataBlock();

    [GeneratedRegex("<article ")]
    private static partial Regex Articles();
}
