namespace Urial.Tests.Written;

public sealed class SegmentMapTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-written-");

    private static readonly WrittenExample Example = WrittenExample.InParts("x", "Why?", "Oh.", "It is so.", "Bye.");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_blank_line_counts_to_the_part_that_it_opens()
    {
        var map = SegmentMap.Of(Example, Example.Answer); // "Oh.", blank line, "It is so.", blank line, "Bye."

        Assert.Equal(new string('o', 3) + new string('b', 11) + new string('c', 6) + "ee", Letters(map, 22));
    }

    [Fact]
    public void Parts_that_are_not_there_have_no_characters()
    {
        Assert.Equal("bbbbb" + "cccccc" + "e", Letters(SegmentMap.Of(WrittenExample.InParts("x", "Why?", "", "It is", "Bye."),
            "It is\n\nBye."), 12));
        Assert.Equal("bbbbbe", Letters(SegmentMap.Of(WrittenExample.InParts("x", "Why?", "", "It is", ""), "It is"), 6));
    }

    [Theory]
    [InlineData(" Oh.\n\nIt is so.\n\nBye.")]
    [InlineData("oh.\n\nit is so.\n\nbye.")]
    public void A_space_before_and_lower_case_are_the_tokenizers(string text) =>
        Assert.Equal(AnswerSegment.Body, SegmentMap.Of(Example, text).At(text.IndexOf("so", StringComparison.Ordinal)));

    [Fact]
    public void Normalised_text_keeps_its_parts()
    {
        var example = WrittenExample.InParts("x", "Why?", "Cafe\u0301.", "So.", "");

        Assert.Equal("ooooobbbbb", Letters(SegmentMap.Of(example, "Café.\n\nSo."), 10));
    }

    [Theory]
    [InlineData("Oh.\n\nIt is not so.\n\nBye.")]
    [InlineData("Oh.\n\nIt is so.")]
    public void Another_text_is_refused(string text)
    {
        Assert.Contains("Example x: the tokens spell", Assert.Throws<UrialException>(() => SegmentMap.Of(Example, text)).Message);
        Assert.Null(SegmentMap.TryOf(Example, text));
    }

    [Fact]
    public void An_answer_without_known_parts_is_refused() => Assert.Contains("\"opener\", \"body\" and \"closer\"",
        Assert.Throws<UrialException>(() => SegmentMap.Of(WrittenExample.Whole("x", "Why?", "So."), "So.")).Message);

    [Fact]
    public void Lines_fail_one_by_one()
    {
        var path = Path.Combine(_folder.FullName, "written.jsonl");
        File.WriteAllLines(path,
        [
            """{"instruction": "Why?", "output": "So."}""",
            """{"instruction": "Why?", "opener": "Oh.", "body": "So."}""",
            """{"id": "line-1", "instruction": "Why?", "output": "So."}""",
            """{"instruction": "Why?", "output": "So.", "body": "So."}""",
            """{"id": "b", "instruction": " ", "output": "So."}""",
            "{",
        ]);

        var lines = WrittenExamples.Read(path);

        string?[] errors = [null, "\"closer\" is missing", "already used in line 1", "which is meant?", "instruction is empty",
            "not valid JSON"];
        Assert.Equal(errors.Length, lines.Count);
        foreach (var (line, error) in lines.Zip(errors))
        {
            Assert.Equal(error is null, line.Item is not null);
            Assert.Contains(error ?? "", line.Error ?? "");
        }
        Assert.Equal("line-1", lines[0].Item!.Id);
        Assert.Contains("line 2", Assert.Throws<UrialException>(() => WrittenExamples.ReadAll(path)).Message);
    }

    private static string Letters(SegmentMap map, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(at => map.At(at).Name()[0]));
}
