using System.Text.Json;
using System.Text.Json.Nodes;
using Urial.Tests.Shift;

namespace Urial.Tests.Answering;

/// <summary><c>urial generate</c> as its user meets it.</summary>
public sealed partial class GenerateCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-generate-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string Out => Path.Combine(_folder.FullName, "answers.jsonl");

    private string Manifest => Path.Combine(_folder.FullName, "answers.manifest.json");

    [Theory]
    [InlineData("base", "1.1")]
    [InlineData("aligned", "1")]
    public async Task Verbatim_prompts_are_continued_as_transformers_does(string model, string penalty)
    {
        JsonElement[] golden = [.. File.ReadLines(Repository.Path("tests", "golden", "generation", "generation.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(g => g.GetProperty("model").GetString() == model && g.GetProperty("repetition_penalty")
                .GetDouble() == double.Parse(penalty, System.Globalization.CultureInfo.InvariantCulture))];
        var queries = Queries([.. golden.Select(
            (g, i) => new JsonObject { ["id"] = i, ["prompt"] = g.GetProperty("prompt").GetString() }.ToJsonString())]);

        var (code, output, _) = await Run("--model", GoldenPair.File(model), "--queries", queries, "--out", Out, "--repetition-penalty",
            penalty,
            "--max-new-tokens", golden[0].GetProperty("max_new_tokens").GetRawText(), "--batch-size", "5");

        Assert.Equal(0, code);
        Assert.Contains($"{golden.Length} answers; ", output);
        foreach (var (answer, expected) in Answers().Zip(golden, (a, g) => (a, g)))
        {
            Assert.Equal(expected.GetProperty("ids").GetRawText().Replace(" ", ""), answer.GetProperty("answer_ids").GetRawText());
            Assert.Equal(expected.GetProperty("prompt_ids").GetRawText().Replace(" ", ""), answer.GetProperty("prompt_ids").GetRawText());
            Assert.Equal(expected.GetProperty("stopped").GetBoolean(), answer.GetProperty("stopped").GetBoolean());
        }
    }

    [Fact]
    public async Task Lines_have_just_evals_fields_and_those_that_were_promised()
    {
        var queries = Queries(
            """{"id": 7, "instruction": "List 3 rivers.", "source_id": "s-1", "dataset": "d", "datasplit": "just_eval", "more": 1}""",
            """{"id": "b", "messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes?"}, {"role": "user", "content": "Why?"}]}""",
            """{"id": "c", "prompt": "Once", "stop": ["e"]}""");

        var (code, _, _) = await Generate(queries, "--prompt-style", "zero-shot", "--max-new-tokens", "4");

        Assert.Equal(0, code);
        var answers = Answers();
        Assert.All(answers, answer => Assert.Equal(
            ["id", "instruction", "source_id", "dataset", "output", "generator", "datasplit", "prompt_ids", "answer_ids", "stopped",
                "stop_reason"],
            answer.EnumerateObject().Select(field => field.Name)));
        Assert.Equal(["7", "\"List 3 rivers.\"", "\"s-1\"", "\"d\"", "\"just_eval\"", "\"base-zero-shot\""],
            Fields(answers[0], "id", "instruction", "source_id", "dataset", "datasplit", "generator"));
        Assert.Equal(["\"b\"", "\"Why?\"", "\"b\"", "\"queries\"", "\"queries\""],
            Fields(answers[1], "id", "instruction", "source_id", "dataset", "datasplit"));
        Assert.Equal(["\"c\"", "\"Once\""], Fields(answers[2], "id", "instruction"));
        using var model = LanguageModel.Load(GoldenPair.Base);
        Assert.Equal(Json(new ZeroShotStyle().Prompt("List 3 rivers.").Encode(model.Tokenizer)),
            answers[0].GetProperty("prompt_ids").GetRawText());
        Assert.Equal(Json(model.Tokenizer.Encode("Once")), answers[2].GetProperty("prompt_ids").GetRawText());
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("urial")]
    [InlineData("urial", "--examples", "1")]
    [InlineData("vanilla-icl", "--examples", "2")]
    [InlineData("retrieval-icl", "--examples", "2")]
    [InlineData("data/prompts/urial-1.txt")]
    public async Task Every_style_sends_what_the_prompt_command_shows(string style, params string[] more)
    {
        using var roomy = Models.TemporaryFolder.WithModelFrom(GoldenPair.AlignedWithTemplate(_folder.FullName), positions: 8192);
        style = style.Contains('/') ? Repository.Path(style.Split('/')) : style;
        var queries = Queries("""{"id": "a", "instruction": "List 3 rivers."}""", """{"id": "b", "instruction": "Why?"}""");

        var (code, _, error) = await Run(
            ["--model", roomy.Root, "--queries", queries, "--out", Out, "--prompt-style", style, "--max-new-tokens", "3", .. more]);
        using var model = LanguageModel.Load(roomy.Root);
        var made = PromptStyles.Of(style, more.Length > 0 ? int.Parse(more[1], System.Globalization.CultureInfo.InvariantCulture) : null,
            model);

        Assert.Equal("", code == 0 ? "" : error);
        Assert.Equal(Json(made.Prompt("List 3 rivers.").Encode(model.Tokenizer)), Answers()[0].GetProperty("prompt_ids").GetRawText());
        Assert.Equal(Json(made.Prompt("Why?").Encode(model.Tokenizer)), Answers()[1].GetProperty("prompt_ids").GetRawText());
        Assert.Equal(made.Name, ManifestJson("settings", "prompt", "style").GetString());
        string[] parts = [Path.GetFileName(roomy.Root), style == "urial" ? style : made.Name, .. more.Skip(1)];
        Assert.Equal(string.Join('-', parts), Answers()[0].GetProperty("generator").GetString());
    }

    [Fact]
    public async Task The_manifest_says_what_the_answers_were_made_from()
    {
        var (code, _, _) = await Generate(Queries(Good("a"), Good("b"), "{"), "--prompt-style", "zero-shot", "--max-new-tokens", "4",
            "--repetition-penalty", "1.2", "--dtype", "bf16", "--seed", "9");

        Assert.Equal(3, code);
        Assert.Equal("true", ManifestJson("complete").GetRawText());
        Assert.Equal(["3", "2", "1"], new[] { "n", "n_answers", "n_failed" }.Select(name => ManifestJson(name).GetRawText()));
        Assert.Equal("bf16", ManifestJson("settings", "dtype").GetString());
        Assert.Equal(["greedy", "4", "1.2", "9"], new[] { "method", "max_new_tokens", "repetition_penalty", "seed" }.Select(
            name => ManifestJson("settings", "decoding", name).ToString()));
        Assert.Equal(Sha256(GoldenPair.File("base", "model.safetensors")),
            ManifestJson("settings", "model_files_sha256", "model.safetensors").GetString());
        Assert.Equal(Sha256(GoldenPair.File("base", "tokenizer.json")), ManifestJson("settings", "tokenizer_sha256").GetString());
        Assert.Equal(Sha256(Out), ManifestJson("files_sha256", "answers.jsonl").GetString());
        Assert.Equal(Sha256(Path.Combine(_folder.FullName, "queries.jsonl")), ManifestJson("queries", "sha256").GetString());
        Assert.Equal("0.107.0", ManifestJson("settings", "versions", "torchsharp").GetString());
        Assert.Equal(64, ManifestJson("settings", "prompt", "text_sha256").GetString()!.Length);
        Assert.StartsWith("zero-shot", ManifestJson("prompt_provenance").GetString());
        Assert.Equal(3, ManifestJson("failed")[0].GetProperty("line").GetInt32());
    }

    [Theory]
    [InlineData("paper")]
    [InlineData("later")]
    public async Task The_form_of_the_query_is_chosen_and_enters_the_manifest(string form)
    {
        var prompt = Path.Combine(_folder.FullName, "inline.txt");
        File.WriteAllText(prompt, "# Instruction\n\nReply.\n\n# Query:\n```Owls?```\n\n# Answer:\n```\nIn trees.\n```\n");
        var queries = Queries("""{"id": "a", "instruction": "Why?"}""");
        var (code, _, _) = await Generate(queries, "--prompt-style", prompt, "--query-form", form, "--max-new-tokens", "2");
        using var model = LanguageModel.Load(GoldenPair.Base);

        Assert.Equal(0, code);
        Assert.Equal(form, ManifestJson("settings", "prompt", "query_form").GetString());
        Assert.Equal(
            Json(model.Tokenizer.Encode(File.ReadAllText(prompt)
                + (form == "paper" ? "\n# Query:\n```Why?```\n\n# Answer:\n```\n" : "\n# Query:\n```\nWhy?\n```\n\n# Answer:\n```\n"))),
            Answers()[0].GetProperty("prompt_ids").GetRawText());
        var (other, _, error) = await Generate(queries, "--prompt-style", prompt, "--query-form", form == "paper" ? "later" : "paper",
            "--max-new-tokens", "2");
        Assert.Equal(2, other);
        Assert.Contains("prompt.query_form was", error);
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("""{"instruction": "Why?"}""", "\"id\" is missing")]
    [InlineData("""{"id": 1.5, "instruction": "Why?"}""", "neither a string nor a whole number")]
    [InlineData("""{"id": "", "instruction": "Why?"}""", "The id is empty")]
    [InlineData("""{"id": "a", "instruction": "Why?"}""", "already used in line 1")]
    [InlineData("""{"id": "x"}""", "none of \"instruction\", \"messages\" and \"prompt\"")]
    [InlineData("""{"id": "x", "instruction": "Why?", "messages": [{"role": "user", "content": "Hi"}]}""", "which is to be answered?")]
    [InlineData("""{"id": "x", "messages": []}""", "The list of messages is empty")]
    [InlineData("""{"id": "x", "messages": [{"role": "user"}]}""", "Message 1 has no \"content\"")]
    [InlineData("""{"id": "x", "messages": [{"role": "assistant", "content": "Hi"}]}""", "the user's turn")]
    [InlineData("""{"id": "x", "instruction": " "}""", "nothing to answer")]
    [InlineData("""{"id": "x", "instruction": "Why?", "stop": ["a"]}""", "\"stop\" belongs to a \"prompt\"")]
    [InlineData("""{"id": "x", "prompt": ""}""", "The prompt is empty")]
    [InlineData("""{"id": "x", "prompt": "a", "stop": [""]}""", "A stop string is empty")]
    [InlineData("""{"id": "x", "prompt": "a", "stop": "a"}""", "not a list of strings")]
    [InlineData("OVERFLOW", "Context overflow. The prompt takes")]
    [InlineData("TIGHT", "asks for up to 4 more")]
    public async Task A_bad_line_is_named_and_the_others_are_answered(string bad, string message)
    {
        var overflow = $$"""{"id": "x", "prompt": "{{string.Concat(Enumerable.Repeat("1234567890 ", 600))}}"}""";
        // of 512
        var tight = new JsonObject { ["id"] = "x", ["prompt"] = string.Concat(Enumerable.Repeat("<|im_start|>", 510)) }.ToJsonString();
        var queries = Queries(Good("a"), "", bad switch { "OVERFLOW" => overflow, "TIGHT" => tight, _ => bad }, Good("z"));

        var (code, output, error) = await Generate(queries, "--prompt-style", "zero-shot", "--max-new-tokens", "4");

        Assert.Equal(3, code);
        Assert.Contains($"{queries}:3: ", error);
        Assert.Contains(message, error);
        Assert.Contains("1 of 3 lines", error);
        Assert.Contains("2 answers", output);
        Assert.Equal(["\"a\"", "\"z\""], Answers().Select(answer => answer.GetProperty("id").GetRawText()));
        Assert.Contains(message, Assert.Single(ManifestJson("failed").EnumerateArray()).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("--dtype", "f16", "Unknown precision 'f16'")]
    [InlineData("--prompt-style", "urail", "no prompt style and no prompt file \"urail\"")]
    [InlineData("--prompt-style", "chat", "no chat template")]
    [InlineData("--examples", "-1", "--examples: -1 is out of range; give a whole number, 0 or more")]
    [InlineData("--max-new-tokens", "0", "--max-new-tokens: 0 is out of range")]
    [InlineData("--max-new-tokens", "many", "'many' is no whole number")]
    [InlineData("--temperature", "-1", "--temperature: -1 is out of range")]
    [InlineData("--top-p", "1.5", "--top-p: 1.5 is out of range; give a number, above 0 and at most 1")]
    [InlineData("--top-k", "-1", "--top-k: -1 is out of range")]
    [InlineData("--repetition-penalty", "0", "--repetition-penalty: 0 is out of range; give a number, above 0")]
    [InlineData("--repetition-penalty-scope", "prompt", "Unknown scope 'prompt'")]
    [InlineData("--batch-size", "0", "--batch-size: 0 is out of range; give a whole number, 1 or more")]
    [InlineData("--model", "nowhere", "no model folder 'nowhere'")]
    [InlineData("--queries", "nowhere.jsonl", "nowhere.jsonl")]
    [InlineData("--repetition-penality", "1", "--repetition-penality")]
    public async Task A_wrong_option_is_refused(string option, string value, string message)
    {
        var options = new Dictionary<string, string>
        {
            ["--model"] = GoldenPair.Base,
            ["--queries"] = Queries(Good("a")),
            ["--out"] = Out,
            ["--prompt-style"] = "zero-shot",
            [option] = value,
        };
        await Refused(message, [.. options.SelectMany(pair => new[] { pair.Key, pair.Value })]);
    }

    [Fact]
    public async Task Input_that_cannot_be_used_is_refused_before_anything_is_written()
    {
        await Refused("is empty", "--model", GoldenPair.Base, "--queries", Queries("", " "), "--out", Out);
        await Refused("None of the 2 lines", "--model", GoldenPair.Base, "--queries", Queries("{", "[]"), "--out", Out);
        await Refused(":1: the query needs a prompt style", "--model", GoldenPair.Base, "--queries", Queries(Good("a")), "--out", Out);
        await Refused("Cannot write", "--model", GoldenPair.Base, "--queries", Queries("""{"id": "a", "prompt": "b"}"""), "--out",
            Path.Combine(_folder.FullName, "queries.jsonl", "answers.jsonl"));

        var truncated = GoldenPair.Copy("base", _folder.FullName);
        using (var weights = File.OpenWrite(Path.Combine(truncated, "model.safetensors")))
            weights.SetLength(weights.Length / 2);
        await Refused("model.safetensors", "--model", truncated, "--queries", Queries(Good("a")), "--prompt-style", "zero-shot", "--out",
            Out);
    }

    [Fact]
    public async Task A_model_that_answers_NaN_is_refused_and_leaves_nothing()
    {
        var damaged = GoldenPair.Copy("base", _folder.FullName);
        using (var decoder = Decoder.Load(damaged))
        {
            using (TorchSharp.torch.no_grad())
                decoder.Weights["model.norm.weight"].fill_(float.NaN);
            decoder.Save(damaged, Precision.F32);
        }
        await Refused("NaN or infinite", "--model", damaged, "--queries", Queries(Good("a"), Good("b")), "--prompt-style", "zero-shot",
            "--out", Out, "--max-new-tokens", "4");
    }
}
