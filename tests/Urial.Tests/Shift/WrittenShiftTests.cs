using System.Text.Json;
using System.Text.Json.Nodes;
using Urial.Cli;

namespace Urial.Tests.Shift;

/// <summary>Written answers, scored in place of generated ones.</summary>
public sealed class WrittenShiftTests : IDisposable
{
    private const string Line = """
        {"id": "one", "kind": "list", "instruction": "Why is it blue?", "opener": "Oh, well.", "body": "It is.\n\n- So", "closer": "Bye!"}
        """;

    private const int EndOfTurn = 2; // <|im_end|>
    private const int EndOfText = 0; // <|endoftext|>

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-written-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string Out => Path.Combine(_folder.FullName, "out");

    [Fact]
    public async Task The_command_scores_what_was_written_and_reads_it_back_in_parts()
    {
        var file = Lines(Line, """{"instruction": "What is two plus two?", "output": "It is four."}""");

        var (code, output, _) = await Shift(file, "--aligned", GoldenPair.AlignedWithTemplate(_folder.FullName));

        Assert.Equal(0, code);
        Assert.Contains("of 2 answers", output);
        var answers = StoredShifts.Read(Out, ShiftQueries.ReadWritten(file));
        Assert.Equal(["one", "line-2"], answers.Select(answer => answer.Id));
        Assert.Equal(["Oh, well.\n\nIt is.\n\n- So\n\nBye!", "It is four."], answers.Select(answer => answer.Text));
        Assert.All(answers, answer => Assert.Equal(
            (EndOfTurn, true, true), (answer.AnswerIds[^1], answer.Positions[^1].IsEos, answer.Ended)));
        Assert.Equal("list", answers[0].Kind);
        Assert.Null(answers[1].Segments);
        Assert.Equal(["opener", "body", "closer", "end of turn"], answers[0].Segments!.Distinct());
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Out, "manifest.json")));
        Assert.Equal("none: the answers were written", manifest.RootElement.GetProperty("decoding").GetProperty("method").GetString());
        Assert.Equal(0, manifest.RootElement.GetProperty("n_not_ended").GetInt32());
    }

    [Fact]
    public void Losses_are_those_of_both_models_on_the_very_ids()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.AlignedWithTemplate(_folder.FullName));
        var query = ShiftQueries.ReadWritten(Lines(Line))[0];

        var answer = ShiftAnalysis.Run(pair, [query])[0];

        Assert.Equal([.. pair.Tokenizer.Encode(query.WrittenAnswer!.Answer), EndOfTurn], answer.AnswerIds);
        var rows = SegmentLosses.Of([answer]).Rows;
        Assert.Equal(answer.AnswerIds.Length, rows.Sum(row => row.Tokens));
        double @base = 0, aligned = 0;
        for (var i = 0; i < answer.AnswerIds.Length; i++)
        {
            var (first, second) = ShiftAnalysis.LogProbabilities(pair, answer, i);
            (@base, aligned) = (@base - first[answer.AnswerIds[i]], aligned - second[answer.AnswerIds[i]]);
        }
        Assert.Equal(@base, rows.Sum(row => row.BaseNats), 3);
        Assert.Equal(aligned, rows.Sum(row => row.AlignedNats), 3);
        Assert.True(@base > 1);

        var control = PromptControl.Of(pair, [answer])[0];
        Assert.Equal((answer.Segments, true), (control.Segments, control.Positions[^1].IsEos));
    }

    [Fact]
    public void Tokens_stand_in_the_part_of_their_first_character()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.AlignedWithTemplate(_folder.FullName));

        var answer = ShiftAnalysis.Run(pair, ShiftQueries.ReadWritten(Lines(Line)))[0];

        var text = "";
        foreach (var (token, segment) in answer.Tokens.Zip(answer.Segments!))
        {
            Assert.Equal(text.Length switch { < 9 => "opener", < 9 + 14 => "body", < 9 + 14 + 6 => "closer", _ => "end of turn" }, segment);
            text += token.IsSpecial ? "" : token.Text;
        }
        Assert.Equal(29, text.Length);
    }

    [Fact]
    public void Without_a_chat_template_the_end_is_the_end_of_sequence()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);
        var query = ShiftQueries.ReadWritten(Lines(Line))[0];

        var answer = ShiftAnalysis.Run(pair, [query], new ShiftOptions { AlignedStyle = new ZeroShotStyle() })[0];

        Assert.Equal(pair.Tokenizer.EosId, answer.AnswerIds[^1]);
    }

    [Fact]
    public void A_template_may_end_turns_with_a_token_that_ends_no_generated_answer()
    {
        var folder = GoldenPair.AlignedWithTemplate(_folder.FullName);
        var config = Path.Combine(folder, "tokenizer_config.json");
        var json = JsonNode.Parse(File.ReadAllText(config))!;
        json["chat_template"] = $"{json["chat_template"]}".Replace("<|im_end|>", "<|endoftext|>");
        File.WriteAllText(config, json.ToJsonString());
        using var pair = ModelPair.Load(GoldenPair.Base, folder);

        var answer = ShiftAnalysis.Run(pair, ShiftQueries.ReadWritten(Lines(Line)))[0];

        Assert.DoesNotContain(EndOfText, pair.Aligned.Config.EosTokenIds);
        Assert.Equal((EndOfText, true, true), (answer.AnswerIds[^1], answer.Positions[^1].IsEos, answer.Ended));
        Assert.Equal("end of turn", answer.Segments![^1]);
        Assert.True(PromptControl.Of(pair, [answer])[0].Positions[^1].IsEos);
    }

    [Fact]
    public async Task Bad_lines_fail_and_the_others_are_scored()
    {
        var file = Lines(Line, """{"id": "two", "instruction": "Why?"}""", """{"id": "one", "instruction": "Why?", "output": "So."}""");

        var (code, _, error) = await Shift(file, "--aligned", GoldenPair.AlignedWithTemplate(_folder.FullName));

        Assert.Equal(3, code);
        Assert.Contains($"{file}:2: The line has no answer.", error);
        Assert.Contains($"{file}:3: The id \"one\" is already used in line 1.", error);
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Out, "manifest.json")));
        Assert.Equal([2, 3], manifest.RootElement.GetProperty("failed").EnumerateArray().Select(one => one.GetProperty("line").GetInt32()));
    }

    [Fact]
    public void Stored_answers_are_not_taken_for_other_examples()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.AlignedWithTemplate(_folder.FullName));
        var settings = new ShiftRunSettings
        {
            BaseDirectory = GoldenPair.Base,
            AlignedDirectory = pair.Aligned.Directory,
            QueriesFile = Lines(Line),
            OutDirectory = Out,
            Written = true,
            Tokens = true,
        };
        ShiftRun.Execute(settings);

        Assert.Contains("which is not the answer that was written", Assert.Throws<UrialException>(
            () => StoredShifts.Read(Out, ShiftQueries.ReadWritten(Lines(Line.Replace("So", "No"))))).Message);
    }

    private static async Task<(int Code, string Output, string Error)> Run(string[] options)
    {
        using StringWriter output = new(), error = new();
        var code = await Program.Run(["shift", .. options], output, error);
        return (code, output.ToString(), error.ToString());
    }

    private Task<(int Code, string Output, string Error)> Shift(string file, params string[] more) =>
        Run(["--base", GoldenPair.Base, "--queries", file, "--written", "--tokens", "--out", Out, .. more]);

    private string Lines(params string[] lines)
    {
        var path = Path.Combine(_folder.FullName, "written.jsonl");
        File.WriteAllLines(path, lines);
        return path;
    }
}
