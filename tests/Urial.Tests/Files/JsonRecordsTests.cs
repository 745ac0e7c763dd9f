using System.Text;
using Urial.Tests.Models;

namespace Urial.Tests.Files;

public sealed class JsonRecordsTests : IDisposable
{
    private const string One = """{"id": 0, "instruction": "Hi", "output": "Hello", "generator": "m"}""";
    private const string Two = """{"id": 1, "instruction": "Bye", "output": ["So long"], "generator": "m"}""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(One + "\n" + Two + "\n", "1 2")]
    [InlineData("\ufeff" + One + "\r\n\r\n" + Two, "1 3")]
    [InlineData("[" + One + ", " + Two + "]", "1 1")]
    [InlineData("\ufeff\n[" + One + ",\n" + Two + "]\n", "2 3")]
    [InlineData("[\n  {\n    \"id\": 0,\n    \"instruction\": \"Hi\",\n    \"output\": \"Hello\"\n  },\n  " + Two + "\n]\n", "2 7")]
    [InlineData("{\n  \"id\": 0,\n  \"instruction\": \"Hi\",\n  \"output\": \"Hello\"\n}\n" + Two, "1 6")]
    public void Answers_are_read_from_lines_from_a_list_and_from_what_jq_writes(string text, string lines)
    {
        Assert.Equal(lines, string.Join(' ', JsonRecords.Find(Encoding.UTF8.GetBytes(text), "file").Select(record => record.Line)));
        File.WriteAllText(_folder.File("list.json"), text);
        var answers = AnswersToJudge.Read(_folder.File("list.json"));
        Assert.Equal(["0 Hi Hello", "1 Bye So long"], answers.Select(answer => $"{answer.Id} {answer.Instruction} {answer.Output}"));
        Assert.All(answers, answer => Assert.True(answer.HasNumberAsId));
    }

    [Fact]
    public void Queries_and_examples_may_be_a_list_too()
    {
        File.WriteAllText(_folder.File("list.json"), """
            [
              {"id": "a", "instruction": "Hi", "query": "q", "answer": "a"},
              {"id": "a", "instruction": "Hi", "query": "q", "answer": "a"}
            ]
            """);
        var (asked, shifted) = (AnswerQueries.Read(_folder.File("list.json")), ShiftQueries.Read(_folder.File("list.json")));
        Assert.Equal(("Hi", 2), (asked[0].Item!.Instruction, asked[0].Number));
        Assert.Equal("The id \"a\" is already used in line 2. Ids must differ.", asked[1].Error);
        Assert.Equal((asked[0].Id, asked[1].Error), (shifted[0].Id, shifted[1].Error));
        Assert.Equal(2, ExamplePool.Read(_folder.File("list.json")).Count);
        File.WriteAllText(_folder.File("cut.json"), "[{\"id\": 1,\n");
        foreach (var read in new Action<string>[] { file => AnswerQueries.Read(file), file => ShiftQueries.Read(file),
            file => ExamplePool.Read(file) })
            Assert.Contains("jq -c '.[]'", Assert.Throws<UrialException>(() => read(_folder.File("cut.json"))).Message);
    }

    [Theory]
    [InlineData("{\"id\": 1,\n" + Two, 2)] // a damaged first line is an error of that line
    [InlineData("[1]\n" + Two, 2)]
    [InlineData("text\n" + Two, 2)]
    [InlineData("", 0)]
    public void What_is_no_list_is_a_record_a_line(string text, int records) =>
        Assert.Equal(records, JsonRecords.Find(Encoding.UTF8.GetBytes(text), "file").Count);
}
