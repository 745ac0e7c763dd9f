using System.Text.Json;
using Parquet;

namespace Urial.Tests.Shift;

/// <summary><c>urial shift</c> as its user meets it.</summary>
public sealed partial class ShiftCommandTests : IDisposable
{
    private const string Good = """{"id": "good", "base_prompt": "x", "aligned_prompt": "y", "answer_ids": [588, 479, 2]}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-command-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string Out => Path.Combine(_folder.FullName, "out");

    [Fact]
    public async Task Writes_three_files_and_leaves_nothing_else()
    {
        var (code, output, error) = await Shift(GoldenPair.Queries);

        Assert.Equal(0, code);
        Assert.Contains("329 positions of 12 answers", output);
        Assert.Contains("scoring 12/12", error);
        Assert.Equal(["manifest.json", "positions.parquet", "summary.json"], Written());
    }

    [Fact]
    public async Task Lines_have_the_fields_that_were_promised_in_their_types()
    {
        await Shift(GoldenPair.Queries, "--format", "jsonl", "--top", "2");

        var lines = File.ReadAllLines(Path.Combine(Out, "positions.jsonl"));
        Assert.Equal(329, lines.Length);
        using var line = JsonDocument.Parse(lines[0]);
        Assert.Equal(
            ["id", "position", "token_id", "token", "base_rank", "base_prob", "aligned_prob", "kl_aligned_base", "kl_base_aligned", "js",
                "base_entropy",
            "aligned_entropy", "class", "aligned_argmax_id", "is_eos", "base_top_ids", "base_top_probs", "aligned_top_ids",
            "aligned_top_probs"],
            line.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal("unshifted", line.RootElement.GetProperty("class").GetString());
        Assert.Equal(0, line.RootElement.GetProperty("position").GetInt32());
        Assert.Equal(2, line.RootElement.GetProperty("base_top_probs").GetArrayLength());
        Assert.Equal(JsonValueKind.False, line.RootElement.GetProperty("is_eos").ValueKind);
    }

    [Fact]
    public async Task The_summary_has_intervals_beside_every_number()
    {
        await Shift(GoldenPair.Queries);

        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(Out, "summary.json")));
        Assert.Equal(["with_eos", "without_eos"], summary.RootElement.EnumerateObject().Select(side => side.Name));
        foreach (var side in summary.RootElement.EnumerateObject())
        {
            Assert.Equal(
                ["n_positions", "n_answers", "micro", "macro", "mean_kl_aligned_base", "mean_kl_base_aligned", "mean_js", "mean_base_rank",
                    "mean_base_prob", "intervals",
                "n_not_ended", "ended_only"],
                side.Value.EnumerateObject().Select(field => field.Name));
            foreach (var numbers in new[] { side.Value, side.Value.GetProperty("micro"), side.Value.GetProperty("macro") })
                foreach (var interval in numbers.GetProperty("intervals").EnumerateObject())
                {
                    var value = numbers.GetProperty(interval.Name).GetDouble();
                    Assert.InRange(value, interval.Value[0].GetDouble(), interval.Value[1].GetDouble());
                }
        }
    }

    [Fact]
    public async Task Parquet_and_json_lines_hold_the_same()
    {
        await Shift(GoldenPair.Queries);
        await Shift(GoldenPair.Queries, "--format", "jsonl");
        var lines = File.ReadLines(Path.Combine(Out, "positions.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        await using var file = await ParquetReader.CreateAsync(Path.Combine(Out, "positions.parquet"));
        using var rows = file.OpenRowGroupReader(0);
        Assert.Equal(lines.Length, rows.RowCount);

        Assert.Equal(Json("position", e => e.GetInt32()), await Column<int>("position", lines.Length));
        Assert.Equal(Json("token_id", e => e.GetInt32()), await Column<int>("token_id", lines.Length));
        Assert.Equal(Json("base_rank", e => e.GetInt32()), await Column<int>("base_rank", lines.Length));
        Assert.Equal(Json("aligned_argmax_id", e => e.GetInt32()), await Column<int>("aligned_argmax_id", lines.Length));
        Assert.Equal(Json("is_eos", e => e.GetBoolean()), await Column<bool>("is_eos", lines.Length));
        foreach (var name in new[] { "base_prob", "aligned_prob", "kl_aligned_base", "kl_base_aligned", "js", "base_entropy",
            "aligned_entropy" })
            Assert.Equal(Json(name, e => e.GetDouble()), await Column<double>(name, lines.Length));
        foreach (var name in new[] { "id", "token", "class" })
        {
            var text = new string?[lines.Length];
            await rows.ReadAsync(file.Schema.FindDataField(name), text.AsMemory());
            Assert.Equal(Json(name, e => e.GetString()), text);
        }
        foreach (var name in new[] { "base_top", "aligned_top" })
        {
            Assert.Equal(lines.SelectMany(l => l.GetProperty(name + "_ids").EnumerateArray().Select(e => e.GetInt32())),
                await List<int>(name + "_ids"));
            Assert.Equal(lines.SelectMany(l => l.GetProperty(name + "_probs").EnumerateArray().Select(e => e.GetDouble())),
                await List<double>(name + "_probs"));
        }

        IEnumerable<T> Json<T>(string name, Func<JsonElement, T> read) => lines.Select(line => read(line.GetProperty(name)));

        async Task<T[]> Column<T>(string name, int count) where T : struct
        {
            var values = new T[count];
            await rows.ReadAsync(file.Schema.FindDataField(name), values.AsMemory());
            return values;
        }

        async Task<T[]> List<T>(string name) where T : struct
        {
            var values = new T[5 * lines.Length];
            var (definition, repetition) = (new int[values.Length], new int[values.Length]);
            await rows.ReadRawAsync(file.Schema.DataFields.Single(f => f.Path.ToString().StartsWith(name, StringComparison.Ordinal)),
                values.AsMemory(), definition.AsMemory(), repetition.AsMemory());
            Assert.Equal(Enumerable.Range(0, values.Length).Select(i => i % 5 == 0 ? 0 : 1), repetition);
            return values;
        }
    }

    [Fact]
    public async Task The_manifest_says_what_the_run_was_made_from_and_two_runs_are_equal()
    {
        await Shift(GoldenPair.Queries);
        var first = Written().ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(Out, name)));
        await Shift(GoldenPair.Queries);

        Assert.All(first, file => Assert.Equal(file.Value, File.ReadAllBytes(Path.Combine(Out, file.Key))));
        using var json = JsonDocument.Parse(first["manifest.json"]);
        var manifest = json.RootElement;
        Assert.Equal((12, 12, 329, 0), (manifest.GetProperty("n").GetInt32(), manifest.GetProperty("n_answers").GetInt32(),
            manifest.GetProperty("n_positions").GetInt32(), manifest.GetProperty("n_failed").GetInt32()));
        Assert.Equal("f32", manifest.GetProperty("dtype").GetString());
        Assert.Equal(GoldenPair.Base, manifest.GetProperty("base").GetProperty("path").GetString());
        Assert.Equal(Sha256(GoldenPair.File("aligned", "model.safetensors")),
            manifest.GetProperty("aligned").GetProperty("files_sha256").GetProperty("model.safetensors").GetString());
        Assert.Equal(Sha256(Path.Combine(Out, "positions.parquet")),
            manifest.GetProperty("files_sha256").GetProperty("positions.parquet").GetString());
        Assert.Equal("0.107.0", manifest.GetProperty("versions").GetProperty("torchsharp").GetString());
        Assert.Equal(64, manifest.GetProperty("prompts").GetProperty("sha256").GetString()!.Length);
        Assert.DoesNotContain(Out, File.ReadAllText(Path.Combine(Out, "manifest.json")));
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{"id": "x"}""", "neither \"instruction\" nor")]
    [InlineData("""{"id": "good", "base_prompt": "x", "aligned_prompt": "y"}""", "already used in line 1")]
    [InlineData("""{"id": "x", "base_prompt": "x", "aligned_prompt": "y", "answer_ids": [5, 900]}""",
        "id 900 at position 1 is outside the vocabulary")]
    [InlineData("""{"id": "x", "base_prompt": "x", "aligned_prompt": "y", "answer_ids": []}""", "no tokens")]
    [InlineData("""{"id": "x", "instruction": "Why?"}""", "no chat template")]
    [InlineData("OVERFLOW", "Context overflow")]
    public async Task A_bad_line_is_named_and_the_others_run(string bad, string message)
    {
        var overflow = $$"""{"id": "x", "base_prompt": "x", "aligned_prompt": "{{string.Concat(Enumerable.Repeat("1234567890 ", 600))}}"}""";
        var queries = Queries(Good, "", bad == "OVERFLOW" ? overflow : bad, Good.Replace("good", "fine"));

        var (code, output, error) = await Shift(queries);

        Assert.Equal(3, code);
        Assert.Contains($"{queries}:3: ", error);
        Assert.Contains(message, error);
        Assert.Contains("1 of 3 lines", error);
        Assert.Contains("6 positions of 2 answers", output);
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Out, "manifest.json")));
        var failed = Assert.Single(manifest.RootElement.GetProperty("failed").EnumerateArray());
        Assert.Equal(3, failed.GetProperty("line").GetInt32());
        Assert.Contains(message, failed.GetProperty("error").GetString());
        Assert.Equal(["manifest.json", "positions.parquet", "summary.json"], Written());
    }

    [Fact]
    public async Task Where_every_line_fails_nothing_is_written()
    {
        var (code, _, error) = await Shift(Queries("{", "[]"));

        Assert.Equal(2, code);
        Assert.Contains(":1: ", error);
        Assert.Contains(":2: ", error);
        Assert.Contains("None of the 2 lines", error);
        Assert.Empty(Written());
    }

    [Fact]
    public async Task Instructions_are_answered_under_the_chat_template()
    {
        var queries = Queries("""{"id": "a", "instruction": "List 3 rivers."}""", """{"id": "b", "instruction": "Why?"}""");

        var (code, output, _) = await Run(["--base", GoldenPair.Base, "--aligned", GoldenPair.AlignedWithTemplate(_folder.FullName),
            "--queries", queries, "--out", Out, "--max-new-tokens", "5"]);

        Assert.Equal(0, code);
        Assert.Contains("of 2 answers", output);
    }

    [Fact]
    public async Task Top_0_stores_no_lists_and_bf16_is_named()
    {
        var (code, _, _) = await Shift(Queries(Good), "--top", "0", "--format", "jsonl", "--dtype", "bf16");

        Assert.Equal(0, code);
        Assert.DoesNotContain("_top_", File.ReadAllText(Path.Combine(Out, "positions.jsonl")));
        Assert.Contains("\"dtype\": \"bf16\"", File.ReadAllText(Path.Combine(Out, "manifest.json")));
    }

    [Theory]
    [InlineData("f16", "--dtype", "Unknown precision 'f16'")]
    [InlineData("csv", "--format", "Unknown format 'csv'")]
    [InlineData("0", "--max-new-tokens", "--max-new-tokens: 0 is out of range; give a whole number, 1 or more")]
    [InlineData("-1", "--top", "0 or more")]
    public async Task A_wrong_option_is_refused(string value, string option, string message) =>
        await Refused(message, "--base", GoldenPair.Base, "--aligned", GoldenPair.Aligned, "--queries", GoldenPair.Queries, "--out", Out,
            option, value);

    [Fact]
    public async Task Unusable_files_are_refused_before_anything_is_written()
    {
        await Refused("is empty", "--base", GoldenPair.Base, "--aligned", GoldenPair.Aligned, "--queries", Queries("", "  "), "--out", Out);
        await Refused("nowhere.jsonl", "--base", GoldenPair.Base, "--aligned", GoldenPair.Aligned, "--queries", "nowhere.jsonl", "--out",
            Out);
        await Refused("nowhere", "--base", GoldenPair.Base, "--aligned", "nowhere", "--queries", GoldenPair.Queries, "--out", Out);

        var truncated = GoldenPair.Copy("aligned", _folder.FullName);
        using (var weights = File.OpenWrite(Path.Combine(truncated, "model.safetensors")))
            weights.SetLength(weights.Length / 2);
        await Refused("model.safetensors", "--base", GoldenPair.Base, "--aligned", truncated, "--queries", GoldenPair.Queries, "--out",
            Out);

        var foreign = GoldenPair.Copy("base", _folder.FullName);
        File.Copy(Repository.Path("tests", "golden", "tokenizers", "gpt2", "tokenizer.json"), Path.Combine(foreign, "tokenizer.json"),
            overwrite: true);
        await Refused("", "--base", foreign, "--aligned", GoldenPair.Aligned, "--queries", GoldenPair.Queries, "--out", Out);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_refused()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");

        await Refused("Cannot write to the output folder", "--base", GoldenPair.Base, "--aligned", GoldenPair.Aligned, "--queries",
            GoldenPair.Queries, "--out", Path.Combine(file, "out"));
    }

    [Fact]
    public async Task A_model_that_answers_NaN_is_refused()
    {
        var damaged = GoldenPair.Copy("base", _folder.FullName);
        using (var decoder = Decoder.Load(damaged))
        {
            using (TorchSharp.torch.no_grad())
                decoder.Weights["model.norm.weight"].fill_(float.NaN);
            decoder.Save(damaged, Precision.F32);
        }
        await Refused("not finite (NaN or infinite)", "--base", damaged, "--aligned", GoldenPair.Aligned, "--queries", Queries(Good),
            "--out", Out);
    }
}
