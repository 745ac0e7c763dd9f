using System.Text;

namespace Urial.Tests.Shift;

public sealed class ShiftQueriesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-queries-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Reads_both_forms_of_a_line()
    {
        var lines = Read("""
            {"id": "a", "instruction": "Why?"}

            {"id": "b", "base_prompt": "B", "aligned_prompt": "A", "answer_ids": [3, 1]}
            {"id": "c", "instruction": "Kept", "base_prompt": "B", "aligned_prompt": "A", "more": [1]}
            """);

        Assert.All(lines, line => Assert.Null(line.Error));
        Assert.Equal([1, 3, 4], lines.Select(line => line.Number));
        Assert.Equal(("Why?", null, null, null),
            (lines[0].Item!.Query, lines[0].Item!.BasePrompt, lines[0].Item!.AlignedPrompt, lines[0].Item!.AnswerIds));
        Assert.Equal(("B", "A"), (lines[1].Item!.BasePrompt, lines[1].Item!.AlignedPrompt));
        Assert.Equal([3, 1], lines[1].Item!.AnswerIds);
        Assert.Equal(("Kept", "B"), (lines[2].Item!.Query, lines[2].Item!.BasePrompt));
    }

    [Fact]
    public void A_mark_at_the_start_and_carriage_returns_do_not_matter()
    {
        var lines = Read("\uFEFF{\"id\": \"a\", \"instruction\": \"Why?\"}\r\n{\"id\": \"b\", \"instruction\": \"How?\"}\r\n");

        Assert.Equal(["Why?", "How?"], lines.Select(line => line.Item!.Query));
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{\"instruction\": \"Why?\"}", "\"id\" is missing")]
    [InlineData("{\"id\": 3, \"instruction\": \"Why?\"}", "\"id\" is a number, not a string")]
    [InlineData("{\"id\": \" \", \"instruction\": \"Why?\"}", "id that is not empty")]
    [InlineData("{\"id\": \"x\"}", "neither \"instruction\" nor")]
    [InlineData("{\"id\": \"x\", \"instruction\": \"  \"}", "is empty")]
    [InlineData("{\"id\": \"x\", \"instruction\": \"\\ud800\"}", "surrogate")]
    [InlineData("{\"id\": \"x\", \"base_prompt\": \"B\"}", "needs an \"aligned_prompt\"")]
    [InlineData("{\"id\": \"x\", \"instruction\": \"Why?\", \"aligned_prompt\": \"A\"}", "needs a \"base_prompt\"")]
    [InlineData("{\"id\": \"x\", \"base_prompt\": \"\", \"aligned_prompt\": \"A\"}", "prompt of query x is empty")]
    [InlineData("{\"id\": \"x\", \"instruction\": \"Why?\", \"answer_ids\": []}", "no tokens")]
    [InlineData("{\"id\": \"x\", \"instruction\": \"Why?\", \"answer_ids\": \"1 2\"}", "not a list")]
    [InlineData("{\"id\": \"x\", \"instruction\": \"Why?\", \"answer_ids\": [1, 2.5]}", "holds 2.5 at position 1")]
    [InlineData("{\"id\": \"x\", \"instruction\": \"Why?\", \"answer_ids\": [99999999999]}", "holds 99999999999 at position 0")]
    [InlineData("{\"id\": \"x\", \"instruction\": \"Why?\", \"answer_ids\": [1], \"ended_at_stop\": 1}", "is true or false")]
    [InlineData("{\"id\": \"x\", \"instruction\": \"Why?\", \"ended_at_stop\": true}", "give its \"answer_ids\"")]
    [InlineData("{\"id\": \"good\", \"instruction\": \"Why?\"}", "already used in line 1")]
    public void A_bad_line_says_what_is_wrong_and_leaves_the_others(string bad, string message)
    {
        var lines = Read($$"""
            {"id": "good", "instruction": "Why?"}
            {{bad}}
            {"id": "fine", "instruction": "How?"}
            """);

        Assert.Equal(3, lines.Count);
        Assert.Contains(message, lines[1].Error);
        Assert.Null(lines[1].Item);
        Assert.Null(lines[0].Error);
        Assert.Null(lines[2].Error);
    }

    [Fact]
    public void A_damaged_byte_is_an_error_of_its_line()
    {
        var path = Path.Combine(_folder.FullName, "bytes.jsonl");
        File.WriteAllBytes(path, [.. "{\"id\": \"a\", \"instruction\": \""u8, 0xFF, .. "\"}\n{\"id\": \"b\", \"instruction\": \"ok\"}"u8]);

        var lines = ShiftQueries.Read(path);

        Assert.Contains("UTF-8", lines[0].Error);
        Assert.Equal("ok", lines[1].Item!.Query);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \n\n")]
    public void An_empty_file_is_refused(string content) =>
        Assert.Contains("is empty", Assert.Throws<UrialException>(() => Read(content)).Message);

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("nowhere.jsonl",
            Assert.Throws<UrialException>(() => ShiftQueries.Read(Path.Combine(_folder.FullName, "nowhere.jsonl"))).Message);

    private IReadOnlyList<RunLine<ShiftQuery>> Read(string content)
    {
        var path = Path.Combine(_folder.FullName, "queries.jsonl");
        File.WriteAllText(path, content, new UTF8Encoding(false));
        return ShiftQueries.Read(path);
    }
}
