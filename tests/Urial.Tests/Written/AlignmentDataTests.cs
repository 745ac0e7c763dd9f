using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Urial.Tests.Written;

/// <summary>The form of <c>data/alignment</c>, and that its card says what is there.</summary>
public sealed partial class AlignmentDataTests
{
    private static readonly string[] Kinds =
    [
        "advice", "code", "comparison", "creative", "explanation", "honesty", "how-to", "list", "math", "planning", "reasoning", "refusal",
        "rewriting", "short-fact", "summary", "support",
    ];

    private static readonly string[] QuestionFields = ["id", "topic", "kind", "instruction"];
    private static readonly string[] Files = ["train", "dev", "test"];

    private static readonly string Card = File.ReadAllText(Repository.Path("data", "alignment", "README.md"));

    private static readonly Dictionary<string, JsonElement[]> Lines = new()
    {
        ["train"] = Read(WrittenExamples.TrainPath),
        ["dev"] = Read(WrittenExamples.DevPath),
        ["test"] = Read(WrittenExamples.TestPath),
    };

    private static IEnumerable<(string File, JsonElement Line)> All => Files.SelectMany(file => Lines[file].Select(line => (file, line)));

    [Fact]
    public void Each_file_has_its_lines_and_fields()
    {
        Assert.Equal([900, 100, 235], Files.Select(file => Lines[file].Length));
        foreach (var (file, line) in All)
            Assert.Equal(file == "test" ? QuestionFields : [.. QuestionFields, "opener", "body", "closer"],
                line.EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public void The_readers_read_what_the_files_hold()
    {
        var train = WrittenExamples.ReadAll(WrittenExamples.TrainPath);
        Assert.Equal(Lines["train"].Select(line => Text(line, "id")), train.Select(example => example.Id));
        var dev = WrittenExamples.ReadAll(WrittenExamples.DevPath);
        Assert.All(dev, example => Assert.True(example.HasParts));
        string[] parts = ["opener", "body", "closer"];
        Assert.All(dev.Zip(Lines["dev"]), pair => Assert.Equal(
            string.Join("\n\n", parts.Select(part => Text(pair.Second, part)).Where(part => part.Length > 0)), pair.First.Answer));
        Assert.Equal(Lines["test"].Select(line => (Text(line, "id"), Text(line, "instruction"), Text(line, "kind"))),
            ShiftQueries.ReadAll(WrittenExamples.TestPath).Select(query => (query.Id, query.Query, query.Kind!)));
    }

    [Fact]
    public void Ids_differ_across_files_and_no_instruction_comes_twice()
    {
        Assert.Equal(1235, All.Select(line => Text(line.Line, "id")).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(1235, All.Select(line => string.Join(' ', Words(Text(line.Line, "instruction")))).Distinct(StringComparer.Ordinal)
            .Count());
    }

    [Fact]
    public void Of_instructions_only_those_that_the_card_names_share_eight_words_across_files()
    {
        var sharing = All.SelectMany(line => Grams(Text(line.Line, "instruction")).Select(gram => (gram, line.File, Text(line.Line, "id"))))
            .GroupBy(one => one.gram, StringComparer.Ordinal)
            .Where(group => group.Select(one => one.File).Distinct().Count() > 1)
            .Select(group => string.Join(' ', group.Select(one => one.Item3).Distinct().Order(StringComparer.Ordinal)));

        var pairs = sharing.Distinct().Order(StringComparer.Ordinal).ToArray();

        Assert.Equal(["how-021 wel-t02", "wri-008 wri-t06"], pairs);
        Assert.All(pairs.SelectMany(pair => pair.Split(' ')), id => Assert.Contains(id, Card));
    }

    [Fact]
    public void No_answer_of_dev_stands_in_train() => Assert.Empty(Lines["dev"].Select(line => Text(line, "body"))
        .Intersect(Lines["train"].Select(line => Text(line, "body")), StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void Texts_are_trimmed_and_have_no_control_characters()
    {
        foreach (var (_, line) in All)
            foreach (var field in line.EnumerateObject())
            {
                var text = field.Value.GetString()!;
                Assert.True(text == text.Trim() && !text.Any(c => c != '\n' && char.IsControl(c)), $"{Text(line, "id")}, {field.Name}");
                Assert.True(field.Name is "body" or "instruction" || !text.Contains('\n'), $"{Text(line, "id")}, {field.Name}");
                Assert.True(field.Name is "opener" or "closer" || text.Length > 0, $"{Text(line, "id")}, {field.Name}");
                Assert.DoesNotContain("\n\n\n", text);
            }
    }

    [Fact]
    public void Kinds_are_those_that_are_known() =>
        Assert.Equal(Kinds, All.Select(line => Text(line.Line, "kind")).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void What_only_sounds_harmful_is_there_and_is_asked_for_honesty()
    {
        var kinds = All.ToDictionary(line => Text(line.Line, "id"), line => (line.File, Kind: Text(line.Line, "kind")));
        var listed = SoundsHarmful.ReadAll();

        Assert.All(listed, one => Assert.Equal("honesty", kinds[one.Id].Kind));
        Assert.All(listed, one => Assert.NotEqual("", one.Why));
        Assert.Equal([8, 1, 3], Files.Select(file => listed.Count(one => kinds[one.Id].File == file)));
    }

    [Fact]
    public void The_card_counts_kinds_and_topics_as_they_are()
    {
        foreach (var field in new[] { "kind", "topic" })
            foreach (var value in All.Select(line => Text(line.Line, field)).Distinct())
                Assert.Contains($"| {value} | {string.Join(" | ", Files.Select(file =>
                    Lines[file].Count(line => Text(line, field) == value)))} |\n", Card);
    }

    [Fact]
    public void The_card_has_the_lengths_that_are_counted()
    {
        foreach (var file in Files)
            foreach (var part in file == "test" ? ["instruction"] : new[] { "instruction", "opener", "body", "closer", "answer" })
            {
                int[] words = [.. Lines[file].Select(line => WordCount.Of(part != "answer" ? Text(line, part)
                    : string.Join(' ', Text(line, "opener"), Text(line, "body"), Text(line, "closer")))).Where(n => n > 0).Order()];
                var median = (words[(words.Length - 1) / 2] + words[words.Length / 2]) / 2.0;
                Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| {file} | {part} | {words.Length} | "
                    + $"{Lines[file].Length - words.Length} | {words[0]} | {median:F1} | {words.Average():F1} | {words[^1]} |\n"), Card);
            }
    }

    [Fact]
    public void The_card_says_how_often_parts_are_left_out()
    {
        Assert.Contains($"Without opener and without closer are {Left(false, false)} dev answers, without opener alone "
            + $"{Left(false, true).Replace(" train", "")}, without closer alone {Left(true, false).Replace(" train", "")}.", Card);
        var lists = Written.Count(line => ListLine().IsMatch(Text(line, "body")));
        Assert.Contains(FormattableString.Invariant($"{lists} of 1,000 bodies"), Card);
        var shared = Written.SelectMany(line => Grams(string.Join(' ', Text(line, "opener"), Text(line, "body"), Text(line, "closer")))
            .Distinct()).GroupBy(gram => gram, StringComparer.Ordinal).Count(group => group.Count() > 1);
        Assert.Contains(FormattableString.Invariant($"{shared} sequences of eight words"), Card);

        string Left(bool opener, bool closer) => string.Join(" train and ", new[] { "train", "dev" }.Select(file => Lines[file].Count(
            line => Text(line, "opener").Length > 0 == opener && Text(line, "closer").Length > 0 == closer)));
    }

    private static IEnumerable<JsonElement> Written => Lines["train"].Concat(Lines["dev"]);

    private static IEnumerable<string> Grams(string text)
    {
        var words = Words(text);
        return Enumerable.Range(0, Math.Max(0, words.Length - 7)).Select(first => string.Join(' ', words, first, 8));
    }

    private static string[] Words(string text) => [.. Word().Matches(text.ToLowerInvariant()).Select(word => word.Value)];

    private static string Text(JsonElement line, string field) => line.GetProperty(field).GetString()!;

    private static JsonElement[] Read(string path) => [.. File.ReadAllLines(path).Select(line => JsonElement.Parse(line))];

    [GeneratedRegex(@"[\w']+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?m)^(?:- |\d+\. )")]
    private static partial Regex ListLine();
}
