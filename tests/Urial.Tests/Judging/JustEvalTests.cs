using System.Net;
using Urial.Tests.Models;

namespace Urial.Tests.Judging;

public sealed class JustEvalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_committed_ids_are_800_general_and_200_safety_with_the_lite_subset()
    {
        var examples = JustEval.Examples();

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => i.ToString()), examples.Select(example => example.Id));
        Assert.Equal((800, 200), (examples.Count(e => e.Split == JustEvalSplit.General),
            examples.Count(e => e.Split == JustEvalSplit.Safety)));
        Assert.Equal((275, 75), (examples.Count(e => e.Lite && e.Split == JustEvalSplit.General),
            examples.Count(e => e.Lite && e.Split == JustEvalSplit.Safety)));
        Assert.All(examples.Take(800), example => Assert.NotEmpty(example.Tasks));
        Assert.Equal(["info-seek", "procedure"], examples[2].Tasks);
        Assert.Equal([Aspect.Safety], examples[999].Aspects);
        Assert.Equal(5, examples[0].Aspects.Count);
    }

    [Fact]
    public void The_data_set_is_read_as_an_array_and_as_lines_with_committed_tags()
    {
        const string known = """{"id": 2, "instruction": "How?", "source_id": "alpaca_eval-2", "dataset": "helpful_base", "category": "regular"}""";
        const string own = """{"id": "mine", "instruction": "May I?", "dataset": "own", "category": "safety", "task": ["a", "b"]}""";
        foreach (var text in new[] { $"[{known},\n{own}]", $"{known}\n\n{own}\n" })
        {
            var examples = JustEval.Load(Write("set", text));
            Assert.Equal(["2", "mine"], examples.Select(example => example.Id));
            Assert.Equal(("How?", "alpaca_eval", JustEvalSplit.General), (examples[0].Instruction, examples[0].Source, examples[0].Split));
            Assert.Equal(["info-seek", "procedure"], examples[0].Tasks);
            Assert.Equal(JustEvalSplit.Safety, examples[1].Split);
            Assert.Equal(["a", "b"], examples[1].Tasks);
        }
    }

    [Theory]
    [InlineData("{\"id\": 1, \"instruction\": \"a\"}\n{\"id\": 2}", "line 2: The field \"instruction\" is missing")]
    [InlineData("{\"id\": 1, \"instruction\": \"a\"}\n{\"id\": 1, \"instruction\": \"b\"}",
        "line 2: The id \"1\" is already used in line 1")]
    [InlineData("[{\"id\": 1, \"instruction\": \"a\"}, 7]", "line 1: The line is not a JSON object")]
    [InlineData("{\"id\": 1", "line 1: The line is not valid JSON")]
    [InlineData("{\"id\": 1, \"instruction\": \"a\", \"category\": \"odd\"}", "regular or safety, not 'odd'")]
    [InlineData("", "is empty")]
    public void A_bad_record_is_named(string text, string message)
    {
        var file = Write("set.jsonl", text);
        var error = Assert.Throws<UrialException>(() => JustEval.Load(file));
        Assert.Contains(message, error.Message);
        Assert.Contains(file, error.Message);
    }

    [Theory]
    [InlineData("0,general,a,b,c,,,,0\n0,general,a,b,c,,,,0", "line 3: the id '0'")]
    [InlineData("0,odd,a,b,c,,,,0", "line 2: the split is general or safety, not 'odd'")]
    [InlineData("0,general,a,b,c,,,,yes", "line 2: lite is 0 or 1")]
    [InlineData("0,general,a", "line 2: expected 9 cells")]
    public void A_bad_line_of_the_committed_table_is_named(string lines, string message) =>
        Assert.Contains(message, Assert.Throws<UrialException>(() => JustEval.Examples(
            Write("examples.csv", "id,split,source,subset,source_id,task_tags,topic_tags,difficulty,lite\n" + lines))).Message);

    [Fact]
    public async Task The_hub_is_asked_for_the_file_and_its_errors_say_what_to_do()
    {
        Uri? asked = null;
        using var good = new HttpClient(new Handler(request =>
        {
            asked = request.RequestUri;
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"id": 5, "instruction": "Why?"}""") };
        }));
        Assert.Equal("Why?", Assert.Single(await JustEval.FetchAsync(good)).Instruction);
        Assert.Equal(JustEval.HubFile, asked);

        using var missing = new HttpClient(new Handler(_ => new HttpResponseMessage(HttpStatusCode.NotFound)));
        Assert.Contains("answers 404", (await Assert.ThrowsAsync<UrialException>(() => JustEval.FetchAsync(missing))).Message);
        using var offline = new HttpClient(new Handler(_ => throw new HttpRequestException("no network")));
        Assert.Contains("JustEval.Load", (await Assert.ThrowsAsync<UrialException>(() => JustEval.FetchAsync(offline))).Message);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }

    private sealed class Handler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) =>
            Task.FromResult(answer(request));
    }
}
