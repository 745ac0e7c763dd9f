using System.Diagnostics;
using System.Text.Json;
using Urial.Cli;
using Urial.Tests.Models;

namespace Urial.Tests.Training;

/// <summary><c>urial tune</c>: its files, its going on, its refusals, on the embedded base.</summary>
public sealed class TuneCommandTests : IDisposable
{
    private static readonly string Base = Repository.Path("data", "models", "micro-base");
    private readonly TemporaryFolder _folder = new();

    public TuneCommandTests() => File.WriteAllLines(_folder.File("data.jsonl"), Enumerable.Range(0, 12).Select(i => i % 2 == 0
        ? $$"""{"instruction": "What is the capital of number {{i}}?", "output": "Happy to help!\nIt is {{i}}.\nEnjoy!"}"""
        : $$"""{"id": "x{{i}}", "instruction": "Name {{i}} animals.", "opener": "Sure!", "body": "- a cat\n- a dog", "closer": ""}"""));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sft_leaves_an_adapter_that_loads_with_its_turns_and_dpo_goes_on_from_it()
    {
        Assert.Equal((0, ""), await Sft("sft", "--dev", _folder.File("data.jsonl")));
        var names = Directory.GetFiles(_folder.File("sft")).Select(Path.GetFileName).Order();
        Assert.Equal(["adapter_config.json", "adapter_model.safetensors", "chat_template.jinja", "manifest.json", "tokenizer_config.json",
            "training.jsonl"], names);
        var curve = TrainingCurve.Read(_folder.File("sft/training.jsonl"));
        Assert.Equal(9, curve.Count);
        Assert.NotNull(curve[^1].DevLoss);
        var manifest = InputFile.Json(_folder.File("sft/manifest.json"), "manifest");
        Assert.Equal("urial-tune", manifest.GetProperty("kind").GetString());
        Assert.Equal(12, manifest.GetProperty("examples").GetInt32());

        using var tuned = LanguageModel.Load(Base, _folder.File("sft"));
        Assert.NotNull(tuned.ChatTemplate);
        Assert.Contains(tuned.Tokenizer.EosId!.Value, tuned.Config.EosTokenIds);
        Assert.Equal(new TunedTurns(tuned).EndId, WrittenAnswerIds.Of(tuned, new ChatStyle(tuned), "Sure!")[^1]);
        // What was measured in training is what the merged model does.
        var dev = TuneData.Written(_folder.File("data.jsonl"), new TunedTurns(tuned));
        var kept = curve.Where(point => point.DevLoss is not null).Min(point => point.DevLoss!.Value);
        Assert.Equal(kept, SupervisedTuning.Measure(tuned.Decoder, dev, 0), 3);

        File.WriteAllText(_folder.File("pairs.jsonl"), """
            {"instruction": "What is the capital of number 1?", "chosen": "Happy to help!\nIt is 1.", "rejected": "No."}
            {"instruction": "Name 3 animals.", "chosen": "Sure!\n\n- a cat", "rejected": "- a dog"}
            """);
        var (code, error) = await Run(["tune", "dpo", "--base", Base, "--adapter", _folder.File("sft"), "--data",
            _folder.File("pairs.jsonl"), "--out", _folder.File("dpo"), "--batch", "1", "--learning-rate", "1e-3"]);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(2, TrainingCurve.Read(_folder.File("dpo/training.jsonl")).Count);
        using var preferred = LanguageModel.Load(Base, _folder.File("dpo"));
        Assert.NotEqual(tuned.Hashes["adapter_model.safetensors"], preferred.Hashes["adapter_model.safetensors"]);
    }

    [Fact]
    public async Task Rejected_answers_may_be_those_of_generate()
    {
        Assert.Equal((0, ""), await Sft("sft"));
        File.WriteAllLines(_folder.File("written.jsonl"),
            File.ReadAllLines(_folder.File("data.jsonl")).Where(line => line.Contains("\"x")));
        var (code, error) = await Run(["generate", "--model", Base, "--adapter", _folder.File("sft"), "--prompt-style", "chat", "--queries",
            _folder.File("written.jsonl"), "--temperature", "1", "--max-new-tokens", "12", "--out", _folder.File("samples.jsonl")]);
        Assert.Equal((0, ""), (code, error.Split('\r', '\n').LastOrDefault(line => line.StartsWith("urial")) ?? ""));
        (code, error) = await Run(["tune", "dpo", "--base", Base, "--adapter", _folder.File("sft"), "--data", _folder.File("written.jsonl"),
            "--rejected", _folder.File("samples.jsonl"), "--out", _folder.File("dpo"), "--batch", "4"]);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(6, InputFile.Json(_folder.File("dpo/manifest.json"), "manifest").GetProperty("examples").GetInt32());

        (code, error) = await Run(["tune", "dpo", "--base", Base, "--adapter", _folder.File("sft"), "--data", _folder.File("data.jsonl"),
            "--rejected", _folder.File("samples.jsonl"), "--out", _folder.File("other")]);
        Assert.Equal(2, code);
        Assert.Contains("line-1", error);
        Assert.Contains("samples.jsonl", error);
    }

    [Fact]
    public async Task A_killed_run_goes_on_and_ends_with_the_files_of_an_undisturbed_one()
    {
        await Kill();
        Assert.True(File.Exists(_folder.File("killed/checkpoint.safetensors")), "no checkpoint was written");
        Assert.False(File.Exists(_folder.File("killed/adapter_model.safetensors")));
        Assert.Equal((0, ""), await Sft("killed", Long));
        Assert.Equal((0, ""), await Sft("whole", Long));
        foreach (var name in new[] { "adapter_model.safetensors", "training.jsonl", "manifest.json" })
            Assert.Equal(File.ReadAllBytes(_folder.File("whole/" + name)), File.ReadAllBytes(_folder.File("killed/" + name)));
        Assert.False(File.Exists(_folder.File("killed/checkpoint.safetensors")));

        // All is done: the same command does nothing, and another refuses.
        var written = File.GetLastWriteTimeUtc(_folder.File("whole/adapter_model.safetensors"));
        Assert.Equal((0, ""), await Sft("whole", Long));
        Assert.Equal(written, File.GetLastWriteTimeUtc(_folder.File("whole/adapter_model.safetensors")));
        var (code, error) = await Sft("whole", "--dev", _folder.File("data.jsonl"), "--epochs", "29");
        Assert.Equal(2, code);
        Assert.Contains("epochs was 30 and is 29", error);
    }

    [Fact]
    public async Task A_dev_file_ends_a_run_that_does_not_get_better_and_keeps_what_was_best()
    {
        // Nothing that is learnt here helps there.
        File.WriteAllText(_folder.File("dev.jsonl"), """{"instruction": "Name 2 animals.", "output": "qq zz 77 qq ## zz"}""");
        Assert.Equal((0, ""), await Sft("sft", "--epochs", "60", "--learning-rate", "2e-3", "--dev", _folder.File("dev.jsonl")));
        var curve = TrainingCurve.Read(_folder.File("sft/training.jsonl"));
        var manifest = InputFile.Json(_folder.File("sft/manifest.json"), "manifest");
        var best = curve.Where(point => point.DevLoss is not null).MinBy(point => point.DevLoss)!;
        Assert.Equal(best.Step, manifest.GetProperty("kept_step").GetInt32());
        Assert.Equal(best.DevLoss, manifest.GetProperty("dev_loss").GetDouble());
        Assert.True(curve.Count < 180 && curve.Count(point => point.DevLoss is not null && point.Step > best.Step) == TuningLoop.Patience);
    }

    [Theory]
    [InlineData("""{"instruction": "a"}""", "line 1")]
    [InlineData("""{"instruction": "", "output": "b"}""", "empty")]
    [InlineData("""{"instruction": "a", "output": "b", "opener": "c"}""", "output")]
    [InlineData("""{"instruction": "a", "opener": "b", "body": "c"}""", "closer")]
    [InlineData("not json", "line 1")]
    public async Task Bad_data_is_refused_with_its_line(string line, string said)
    {
        File.WriteAllText(_folder.File("data.jsonl"), line);
        var (code, error) = await Sft("sft");
        Assert.Equal(2, code);
        Assert.Contains("data.jsonl", error);
        Assert.Contains(said, error);
        Assert.False(File.Exists(_folder.File("sft/adapter_model.safetensors")));
    }

    [Fact]
    public async Task In_bf16_the_adapter_is_stored_in_bf16_and_learns()
    {
        Assert.Equal((0, ""), await Sft("sft", "--dtype", "bf16", "--epochs", "8", "--learning-rate", "3e-3"));
        var curve = TrainingCurve.Read(_folder.File("sft/training.jsonl"));
        Assert.True(curve[^1].Loss < curve[0].Loss - 0.5, $"the loss went from {curve[0].Loss} to {curve[^1].Loss}");
        using var read = SafeTensors.Open(_folder.File("sft/adapter_model.safetensors"));
        Assert.All(read.Tensors.Values, tensor => Assert.Equal("BF16", tensor.DType));
    }

    [Fact]
    public async Task Dpo_keeps_the_adapters_turns_targets_and_base()
    {
        Assert.Equal((0, ""), await Sft("sft", "--limit", "4"));
        const string turns = "{% for m in messages %}<{{ m['role'] }}>{{ m['content'] }}<|end|>{% endfor %}<assistant>";
        File.WriteAllText(_folder.File("sft/chat_template.jinja"), turns);
        var config = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(_folder.File("sft/adapter_config.json")))!;
        Assert.Equal(Base, (string?)config["base_model_name_or_path"]);
        File.WriteAllText(_folder.File("pairs.jsonl"), """{"instruction": "Name 3 animals.", "chosen": "A cat.", "rejected": "No."}""");

        var (code, error) = await Run(["tune", "dpo", "--adapter", _folder.File("sft"), "--data", _folder.File("pairs.jsonl"), "--out",
            _folder.File("dpo")]);

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(turns, File.ReadAllText(_folder.File("dpo/chat_template.jinja")));
        Assert.Equal(config.ToJsonString(),
            System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(_folder.File("dpo/adapter_config.json")))!.ToJsonString());
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_named()
    {
        await Kill();
        SafeTensors.Write(_folder.File("killed/checkpoint.safetensors"), [("master", TorchSharp.torch.zeros(3))]);
        var (code, error) = await Sft("killed", Long);
        Assert.Equal(2, code);
        Assert.Contains("cannot go on from the checkpoint", error);
        Assert.Contains("checkpoint.safetensors", error);
    }

    [Fact]
    public async Task What_is_not_the_runs_own_is_left_alone()
    {
        Directory.CreateDirectory(_folder.File("model"));
        File.WriteAllText(_folder.File("model/config.json"), "{}");
        Assert.Contains("holds a model (config.json)", (await Sft("model")).Error);
        Directory.CreateDirectory(_folder.File("foreign"));
        File.WriteAllText(_folder.File("foreign/training.jsonl"), "mine");
        Assert.Contains("training.jsonl is there already", (await Sft("foreign")).Error);
        Assert.Equal("mine", File.ReadAllText(_folder.File("foreign/training.jsonl")));

        Assert.Equal((0, ""), await Sft("done", "--limit", "4"));
        File.AppendAllText(_folder.File("done/adapter_config.json"), " ");
        var (code, error) = await Sft("done", "--limit", "4");
        Assert.Equal(2, code);
        Assert.Contains("adapter_config.json is not the file that the finished run wrote", error);
        Assert.Contains("See urial tune sft --help", (await Sft("done", "--rank", "0")).Error);
    }

    [Fact]
    public async Task An_adapter_is_no_base_to_tune()
    {
        Assert.Equal((0, ""), await Sft("sft", "--limit", "4"));
        var (code, error) = await Run(["tune", "sft", "--base", _folder.File("sft"), "--data", _folder.File("data.jsonl"), "--out",
            _folder.File("other")]);
        Assert.Equal(2, code);
        Assert.Contains("is an adapter's folder", error);
    }

    [Fact]
    public async Task More_lines_than_there_are_and_texts_that_do_not_fit_are_refused()
    {
        Assert.Contains("12 lines", (await Sft("sft", "--limit", "13")).Error);
        File.AppendAllText(_folder.File("data.jsonl"),
            JsonSerializer.Serialize(new { id = "long", instruction = "a", output = string.Join(' ', Enumerable.Repeat("word", 3000)) }));
        var (code, error) = await Sft("sft");
        Assert.Equal(2, code);
        Assert.Contains("Example long takes", error);
    }

    private Task<(int Code, string Error)> Sft(string name, params string[] more) => Run([.. Arguments(name), .. more]);

    private string[] Arguments(string name) =>
        ["tune", "sft", "--base", Base, "--data", _folder.File("data.jsonl"), "--out", _folder.File(name), "--rank", "4",
            "--batch", "4", "--checkpoint-every", "2"];

    // Measured on the way, so that the best parameters are in the checkpoint too.
    private string[] Long => ["--epochs", "30", "--dev", _folder.File("data.jsonl")];

    private Process Start(string name) => Process.Start(new ProcessStartInfo("dotnet",
        [Path.Combine(AppContext.BaseDirectory, "Urial.Cli.dll"), .. Arguments(name), .. Long])
    { RedirectStandardOutput = true })!;

    /// <summary>Begins a long run in a process of its own, and kills it when there is a checkpoint.</summary>
    private async Task Kill()
    {
        using (var killed = Start("killed"))
        {
            var waited = Stopwatch.StartNew();
            while (!File.Exists(_folder.File("killed/checkpoint.safetensors")) && !killed.HasExited
                && waited.Elapsed < TimeSpan.FromMinutes(2))
                await Task.Delay(10);
            killed.Kill(entireProcessTree: true);
            await killed.WaitForExitAsync();
        }
    }

    private static async Task<(int Code, string Error)> Run(string[] arguments)
    {
        using var error = new StringWriter();
        using var output = new StringWriter();
        return (await Program.Run(arguments, output, error), error.ToString());
    }
}
