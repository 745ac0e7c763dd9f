using System.Text;
using Urial.Cli;
using Urial.Tests.Models;

namespace Urial.Tests.Files;

/// <summary>What can be wrong with a file of any kind, told in one way.</summary>
public sealed class InputFileTests
{
    private const string Pointer = "version https://git-lfs.github.com/spec/v1\noid "
        + "sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";

    private static readonly string[] ModelFiles = ["config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"];

    public static TheoryData<string> Models => [.. ModelFiles];

    public static TheoryData<string> JsonFiles => [.. ModelFiles[..3]];

    [Theory]
    [MemberData(nameof(Models))]
    [InlineData("generation_config.json")]
    [InlineData("chat_template.jinja")]
    public async Task A_pointer_in_a_model_is_named_with_its_remedy(string file)
    {
        using var folder = Model();
        File.WriteAllText(folder.File(file), Pointer);
        await Refused(folder, file, "is a Git LFS pointer", "git lfs pull");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_folder_in_a_files_place_is_named(string file)
    {
        using var folder = Model();
        File.Delete(folder.File(file));
        Directory.CreateDirectory(folder.File(file));
        await Refused(folder, file, "it is a folder");
    }

    [Theory]
    [MemberData(nameof(JsonFiles))]
    public async Task A_byte_order_mark_is_passed_over(string file)
    {
        using var folder = Model();
        File.WriteAllBytes(folder.File(file), [.. Encoding.UTF8.Preamble, .. File.ReadAllBytes(folder.File(file))]);
        var (code, output, error) = await Prompt(folder);
        Assert.Equal("", error);
        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("\"tokens\":", output);
    }

    [Theory]
    [MemberData(nameof(JsonFiles))]
    public async Task Other_damage_is_named(string file)
    {
        using var folder = Model();
        File.WriteAllBytes(folder.File(file), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{}")]);
        await Refused(folder, file, "is UTF-16 text: save it as UTF-8");
        File.WriteAllText(folder.File(file), "");
        await Refused(folder, file, "is empty");
        File.WriteAllBytes(folder.File(file), [.. "{\"a\": \""u8, 0xff, .. "\"}"u8]);
        await Refused(folder, file, "is not valid UTF-8 (byte 7)");
        File.WriteAllText(folder.File(file), """{"model_type": "\ud800"}""");
        await Refused(folder, file, "half of a surrogate pair");
        File.WriteAllText(folder.File(file), "{");
        await Refused(folder, file, "is not valid JSON (line 1)");
    }

    [Fact]
    public void Every_other_reader_knows_a_pointer_too()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("pointer");
        File.WriteAllText(path, Pointer);
        Action[] readers =
        [
            () => AnswerQueries.Read(path), () => ShiftQueries.Read(path), () => AnswersToJudge.Read(path), () => JudgmentsFile.Read(path),
            () => JustEval.Load(path),
            () => CsvLines.Read(path), () => UrialPrompt.Read(path), () => ExamplePool.Read(path), () => JudgePrompt.Load(path),
            () => PaperShares.Load(path),
            () => Urial.Notebooks.Notebook.Load(path), () => SafeTensors.Open(path), () => AnswerCache.Open(path),
            () => ReplayCache.Open(path),
        ];
        Assert.All(readers, read => Assert.Contains($"{path} is a Git LFS pointer", Assert.Throws<UrialException>(read).Message));
    }

    [Fact]
    public async Task Two_templates_of_one_name_are_named()
    {
        using var folder = Model();
        File.Delete(folder.File("chat_template.jinja"));
        File.WriteAllText(folder.File("tokenizer_config.json"),
            """{"chat_template": [{"name": "default", "template": "a"}, {"name": "default", "template": "b"}]}""");
        await Refused(folder, "tokenizer_config.json", "has two chat templates named default");
    }

    private static TemporaryFolder Model()
    {
        var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Repository.Path("data", "models", "micro-sft")))
            File.Copy(file, folder.File(Path.GetFileName(file)));
        return folder;
    }

    private static async Task Refused(TemporaryFolder folder, string file, params string[] why)
    {
        var (code, _, error) = await Prompt(folder);
        Assert.Equal(ExitCode.Unusable, code);
        Assert.Contains(folder.File(file), error);
        Assert.All(why, part => Assert.Contains(part, error));
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static async Task<(int Code, string Output, string Error)> Prompt(TemporaryFolder folder)
    {
        using StringWriter output = new(), error = new();
        using var input = new MemoryStream("\"Hi\"\n"u8.ToArray());
        var code = await Program.Run(["prompt", "--prompt-style", "chat", "--model", folder.Root, "--jsonl"], output, error, input);
        return (code, output.ToString(), error.ToString());
    }
}
