using Urial.Tests.Models;

namespace Urial.Tests.Files;

/// <summary>The one reader of JSON lines: what a line may be, and what is said of one that is not.</summary>
public sealed class JsonLinesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("lines.jsonl");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{\"id\": \"b\", \"a\": 1, \"a\": 2}", "The field \"a\" is there twice, and only one can be meant.")]
    [InlineData("{\"id\": \"b\", \"id\": \"c\"}", "The field \"id\" is there twice")]
    [InlineData("{\"id\": \"b\", \"m\": [{\"role\": \"user\", \"role\": \"x\"}]}", "The field \"role\" is there twice")]
    [InlineData("{\"id\": \"b\", \"\\ud800\": 1}", "The name of a field holds half of a surrogate pair")]
    [InlineData("{\"id\": \"a\"}", "The id \"a\" is already used in line 1. Ids must differ.")]
    [InlineData("{\"id\": \"b\"", "The line is not valid JSON (at byte 10).")]
    [InlineData("{}", "The field \"id\" is missing. Records can be numbered")]
    [InlineData("{\"id\": 7}", "The field \"id\" is a number, not a string.")]
    public void A_bad_line_says_what_is_wrong_and_leaves_the_others(string bad, string message)
    {
        File.WriteAllText(Path, $"{{\"id\": \"a\"}}\n\n{bad}\n{{\"id\": \"z\"}}");

        var lines = JsonLines.Read(Path, "file", "\"id\"");

        Assert.Equal([1, 3, 4], lines.Select(line => line.Number));
        Assert.Contains(message, lines[1].Error);
        Assert.Equal(("a", null, "z", null), (lines[0].Id, lines[0].Error, lines[2].Id, lines[2].Error));
        Assert.StartsWith($"{Path}, line 3: {message}",
            Assert.Throws<UrialException>(() => JsonLines.ReadAll(Path, "file", "\"id\"", line => line.Id)).Message);
    }

    [Fact]
    public void Numbers_are_ids_where_they_may_be_and_stay_what_they_are()
    {
        File.WriteAllText(Path, "{\"id\": 7}\n{\"id\": \"7b\"}\n{\"id\": \"7\"}\n");
        var lines = JsonLines.Read(Path, "file", "\"id\"", JsonIds.TextOrNumber);
        Assert.Equal([("7", true), ("7b", false)], lines.Take(2).Select(line => (line.Id!, line.HasNumberAsId)));
        Assert.Equal("The id \"7\" is already used in line 1. Ids must differ.", lines[2].Error);
    }

    [Fact]
    public void Half_a_last_line_is_left_out_only_where_a_killed_run_may_have_left_it()
    {
        File.WriteAllText(Path, "{\"id\": \"a\"}\n{\"id\": \"b");
        Assert.Equal(["a"], JsonLines.ReadAppended(Path, "line", line => line.Need("id"), "Remove it."));
        Assert.Contains("not valid JSON", JsonLines.Read(Path, "file", "\"id\"")[1].Error);

        File.WriteAllText(Path, "{\"id\": \"a\"}\n{\"id\": \"b\n{\"id\": \"c\"}\n");
        Assert.Equal($"{Path}, line 2 is no line: The line is not valid JSON (at byte 9). Remove it.",
            Assert.Throws<UrialException>(() => JsonLines.ReadAppended(Path, "line", line => line.Need("id"), "Remove it.")).Message);
        Assert.Empty(JsonLines.ReadAppended(_folder.File("none.jsonl"), "line", line => line, ""));
    }
}
