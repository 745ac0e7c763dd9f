using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models;

public sealed class GenerationTests
{
    private static readonly string Base = Repository.Path("tests", "golden", "shift", "base");
    private static readonly string Aligned = Repository.Path("tests", "golden", "shift", "aligned");

    [Theory]
    [InlineData("base", 1.0)]
    [InlineData("base", 1.1)]
    [InlineData("base", 1.4)]
    [InlineData("aligned", 1.0)]
    [InlineData("aligned", 1.1)]
    [InlineData("aligned", 1.4)]
    public void Continues_as_transformers_does_alone_and_in_a_batch(string model, double penalty)
    {
        using var loaded = LanguageModel.Load(model == "base" ? Base : Aligned);
        JsonElement[] golden = [.. Golden()
            .Where(g => g.GetProperty("model").GetString() == model && g.GetProperty("repetition_penalty").GetDouble() == penalty)];
        Assert.InRange(golden.Length, 10, 12); // 66 in all
        var options = new GenerationOptions
        {
            MaxNewTokens = golden[0].GetProperty("max_new_tokens").GetInt32(),
            RepetitionPenalty = penalty,
            BatchSize = 8,
        };

        int[][] prompts = [.. golden.Select(g => Ids(g, "prompt_ids"))];
        var together = loaded.GenerateBatch(prompts, options);
        for (var row = 0; row < golden.Length; row++)
        {
            Assert.Equal(prompts[row], loaded.Tokenizer.Encode(golden[row].GetProperty("prompt").GetString()!));
            Assert.Equal(Ids(golden[row], "ids"), together[row].AnswerIds);
            Assert.Equal(golden[row].GetProperty("stopped").GetBoolean(), together[row].Stopped);
            if (row % 3 == 0)
                Assert.Equal(together[row].AnswerIds, loaded.Generate(prompts[row], options).AnswerIds);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Answers_are_the_same_however_many_stand_side_by_side_and_take_the_places_of_those_that_end(int batchSize)
    {
        using var loaded = LanguageModel.Load(Aligned);
        JsonElement[] golden = [.. Golden()
            .Where(g => g.GetProperty("model").GetString() == "aligned" && g.GetProperty("repetition_penalty").GetDouble() == 1)];
        int[][] prompts = [.. golden.Select(g => Ids(g, "prompt_ids"))];
        var options = new GenerationOptions { MaxNewTokens = golden[0].GetProperty("max_new_tokens").GetInt32(), BatchSize = batchSize };

        Assert.Equal(golden.Select(g => Ids(g, "ids")), loaded.GenerateBatch(prompts, options).Select(answer => answer.AnswerIds));

        // These end at different steps, so that others come in between.
        DecodedAnswer[] rows = [.. prompts.Select((ids, n) => new DecodedAnswer(ids, (ulong)n, options.PenaltyScope,
            answer => answer.Count >= Length(n) ? StopReason.Caller : null))];
        var ended = 0;
        new BatchDecoding(loaded.Decoder, rows, options, null, _ => ended++).Run();

        Assert.Equal(rows.Length, ended);
        Assert.Equal(golden.Select((g, n) => Ids(g, "ids").Take(Length(n))), rows.Select(row => row.Answer));

        static int Length(int n) => 2 + 3 * (n % 5);
    }

    [Fact]
    public void Sampled_answers_do_not_depend_on_the_batch()
    {
        using var model = LanguageModel.Load(Aligned);
        int[][] prompts = [[5, 6, 7], [10, 11, 12, 13, 14, 15, 16], [20], [5, 6, 7]];
        var options = new GenerationOptions { MaxNewTokens = 12, Temperature = 1.2, TopP = 0.9, Seed = 5 };
        int[][] together = Answers(options), pairs = Answers(options with { BatchSize = 2 }), other = Answers(options with { Seed = 6 });

        Assert.Equal(together, pairs);
        Assert.NotEqual(together, other);
        Assert.NotEqual(together[0], together[3]); // the same prompt in another row draws other tokens

        int[][] Answers(GenerationOptions o) => [.. model.GenerateBatch(prompts, o).Select(g => g.AnswerIds)];
    }

    [Fact]
    public void End_of_sequence_ends_an_answer_and_stays_in_it()
    {
        using var folder = new TemporaryFolder();
        CopyModel(Base, folder);
        int[] prompt = [5, 223, 51, 87, 283];
        int third;
        using (var model = LanguageModel.Load(folder.Root))
            third = model.Generate(prompt, new() { MaxNewTokens = 3 }).AnswerIds[2];
        folder.Replace("generation_config.json", "\"eos_token_id\": 2", $"\"eos_token_id\": {third}");
        using var stopping = LanguageModel.Load(folder.Root);
        var free = stopping.Generate(prompt, new() { MaxNewTokens = 8, StopAtEos = false }).AnswerIds;
        var end = Array.IndexOf(free, third);

        var answers = stopping.GenerateBatch([prompt, [300, 301], prompt], new() { MaxNewTokens = 8 });
        Assert.Equal(free[..(end + 1)], answers[0].AnswerIds);
        Assert.Equal(answers[0].AnswerIds, answers[2].AnswerIds);
        Assert.Equal(stopping.Generate([300, 301], new() { MaxNewTokens = 8 }).AnswerIds, answers[1].AnswerIds);
        Assert.True(answers[0].Stopped);
        Assert.Equal(8, free.Length);
    }

    [Fact]
    public void A_stop_condition_sees_each_rows_text()
    {
        using var model = LanguageModel.Load(Base);
        int[][] prompts = [[5, 6, 7], [8, 9]];
        var free = model.GenerateBatch(prompts, new() { MaxNewTokens = 6 });
        var answers = model.GenerateBatch(prompts, new() { MaxNewTokens = 6 },
            (row, text) => row == 1 && text == model.Tokenizer.Decode(free[1].AnswerIds[..2], skipSpecialTokens: true));

        Assert.Equal(free[0].AnswerIds, answers[0].AnswerIds);
        Assert.False(answers[0].Stopped);
        Assert.Equal(free[1].AnswerIds[..2], answers[1].AnswerIds);
        Assert.True(answers[1].Stopped);
    }

    [Fact]
    public void Prompts_that_cannot_be_answered_are_refused()
    {
        using var model = LanguageModel.Load(Base);
        Refused(() => model.Generate([]), "The prompt is empty");
        Refused(() => model.GenerateBatch([[1], []]), "Prompt 1 is empty");
        Refused(() => model.Generate([1, 900]), "holds the id 900, and 'base' knows 0 to 899");
        Refused(() => model.Generate([1, -1]), "holds the id -1");
        Refused(() => model.Generate(new int[400]), "takes 400 tokens and asks for up to 256 more, and the context of 'base' holds 512. "
            + "Shorten the prompt, or set MaxNewTokens to 112 or less");
        Refused(() => model.Generate(new int[512]), "takes 512 tokens, and the context of 'base' holds 512. Shorten the prompt.");
        Assert.Equal(112, model.Generate(new int[400], new() { MaxNewTokens = 112, StopAtEos = false }).AnswerIds.Length);
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_noticed()
    {
        using var model = LanguageModel.Of(Decoder.Load(Base), "damaged"); // its own weights: loaded models share theirs
        using (no_grad())
            model.Decoder.Weights["model.norm.weight"].fill_(float.NaN);
        Refused(() => model.Generate([1, 2]), "NaN or infinite logits");
    }

    [Fact]
    public void A_model_knows_its_files()
    {
        using var model = LanguageModel.Load(Base);
        Assert.Equal("base", model.Name);
        Assert.Equal(["config.json", "generation_config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"],
            model.Files.Select(Path.GetFileName));
        Assert.Equal(model.Tokenizer.Sha256, model.Hashes["tokenizer.json"]);
        Assert.Equal(5, model.Hashes.Count);
        Assert.Null(model.ChatTemplate);
    }

    [Fact]
    public void A_missing_tokenizer_is_named_when_it_is_needed()
    {
        using var folder = new TemporaryFolder();
        CopyModel(Base, folder);
        File.Delete(folder.File("tokenizer.json"));
        using var model = LanguageModel.Load(folder.Root);
        Refused(() => model.Generate("text"), "tokenizer.json");
    }

    [Fact]
    public void A_pair_shares_one_vocabulary()
    {
        using (var pair = ModelPair.Load(Base, Aligned))
            Assert.NotSame(pair.Base, pair.Aligned);
        using (var one = ModelPair.Load(Base, Base + Path.DirectorySeparatorChar))
            Assert.Same(one.Base, one.Aligned);

        Refused(() => ModelPair.Load(Base, Repository.Path("tests", "golden", "models", "llama")), "There is no file");
        using var folder = new TemporaryFolder();
        CopyModel(Aligned, folder);
        folder.Replace("tokenizer.json", "<|im_start|>", "<|begin|>");
        Refused(() => ModelPair.Load(Base, folder.Root), "token 1 is \"<|im_start|>\" in");
    }

    private static void Refused(Action action, string why) => Assert.Contains(why, Assert.Throws<UrialException>(action).Message);

    private static void CopyModel(string from, TemporaryFolder folder)
    {
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, folder.File(Path.GetFileName(file)));
    }

    private static JsonElement[] Golden() => [.. File.ReadLines(Repository.Path("tests", "golden", "generation", "generation.jsonl"))
        .Select(line => JsonDocument.Parse(line).RootElement)];

    private static int[] Ids(JsonElement golden, string name) => [.. golden.GetProperty(name).EnumerateArray().Select(id => id.GetInt32())];
}
