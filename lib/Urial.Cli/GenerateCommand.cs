using System.CommandLine;

namespace Urial.Cli;

/// <summary><c>urial generate</c>: answers a file of queries with one model under one prompt style.</summary>
internal static class GenerateCommand
{
    /// <summary>The command, to be added to the root command.</summary>
    public static Command Create()
    {
        var defaults = new GenerationOptions();
        var model = new Option<string>("--model")
        {
            Description = "Folder of the model, or org/name[@revision] of the hub.",
            Required = true,
            HelpName = ModelArgument.HelpName,
        };
        var adapter = ModelArgument.AdapterOption();
        var style = new Option<string>("--prompt-style")
        {
            Description = $"How a query becomes text: {PromptStyles.Words}. Not needed where every line has a prompt.",
            HelpName = "STYLE|FILE",
        };
        var examples = new Option<int?>("--examples")
        {
            CustomParser = Number.WholeIfGiven(0),
            Description = "How many examples the style shows; its own number where it is left out.",
            HelpName = "K",
        };
        var form = QueryFormOption.Create();
        var queries = new Option<string>("--queries")
        {
            Description = "Queries, one JSON object a line: id, and one of instruction, messages, or prompt (used verbatim, no special "
                + "tokens added; with stop, a list of strings, if wanted).",
            Required = true,
            HelpName = "FILE.jsonl",
        };
        var output = new Option<string>("--out")
        {
            Description = "Answers, one JSON object a line, or Parquet (without the prompts) where the name ends in .parquet; a manifest "
                + "is written beside them. The same command again goes on with what is there.",
            Required = true,
            HelpName = "FILE.jsonl",
        };
        var maxNewTokens = new Option<int>("--max-new-tokens")
        {
            CustomParser = Number.Whole(1),
            Description = "The most tokens of an answer.",
            DefaultValueFactory = _ => defaults.MaxNewTokens,
            HelpName = "N",
        };
        var penalty = new Option<double>("--repetition-penalty")
        {
            CustomParser = Number.Decimal(x => x > 0, "above 0"),
            Description = "Divides the logits of tokens that were seen (multiplies negative ones); 1 changes nothing.",
            DefaultValueFactory = _ => defaults.RepetitionPenalty,
            HelpName = "X",
        };
        var scope = new Option<string>("--repetition-penalty-scope")
        {
            Description = "Where a token counts as seen: prompt-and-answer, as in transformers, or answer.",
            DefaultValueFactory = _ => "prompt-and-answer",
            HelpName = "prompt-and-answer|answer",
        };
        var temperature = new Option<double>("--temperature")
        {
            CustomParser = Number.Decimal(x => x >= 0, "0 or more"),
            Description = "0 takes the most likely token; above 0, tokens are drawn.",
            DefaultValueFactory = _ => defaults.Temperature,
            HelpName = "T",
        };
        var topP = new Option<double>("--top-p")
        {
            CustomParser = Number.Decimal(x => x is > 0 and <= 1, "above 0 and at most 1"),
            Description = "Draw from the fewest tokens whose probabilities reach this sum; 1 keeps all.",
            DefaultValueFactory = _ => defaults.TopP,
            HelpName = "P",
        };
        var topK = new Option<int>("--top-k")
        {
            CustomParser = Number.Whole(0),
            Description = "Draw from this many most likely tokens; 0 keeps all.",
            DefaultValueFactory = _ => defaults.TopK,
            HelpName = "K",
        };
        var seed = new Option<int>("--seed")
        {
            CustomParser = Number.Whole(),
            Description = "Draws are a function of the seed, the line's id and the position in the answer.",
            DefaultValueFactory = _ => defaults.Seed,
            HelpName = "S",
        };
        var dtype = new Option<string>("--dtype")
        {
            Description = "Precision to compute in: f32 (the reference) or bf16.",
            DefaultValueFactory = _ => "f32",
            HelpName = "f32|bf16",
        };
        var batchSize = new Option<int>("--batch-size")
        {
            CustomParser = Number.Whole(1),
            Description = "How many answers are decoded side by side; more take more memory.",
            DefaultValueFactory = _ => defaults.BatchSize,
            HelpName = "N",
        };
        var command = new Command("generate",
            "Answer a file of queries. Exit code 0: all lines answered; 2: nothing could be; 3: some lines failed.")
        {
            model, adapter, style, examples, form, queries, output, maxNewTokens, penalty, scope, temperature, topP, topK, seed, dtype,
            batchSize, DeviceOption.Create(),
        };
        command.SetAction((parsed, cancellation) =>
        {
            var (folder, merged) = ModelArgument.Resolve(
                parsed.GetRequiredValue(model), parsed.GetValue(adapter), parsed.InvocationConfiguration.Error, cancellation);
            return Task.FromResult(Run(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, new AnswerRunSettings
            {
                ModelDirectory = folder,
                AdapterDirectory = merged,
                Prompt = Choice(parsed.GetValue(style), parsed.GetValue(examples), parsed.GetRequiredValue(form)),
                QueriesFile = parsed.GetRequiredValue(queries),
                OutFile = parsed.GetRequiredValue(output),
                Precision = PrecisionNames.Parse(parsed.GetRequiredValue(dtype)),
                Options = new GenerationOptions
                {
                    MaxNewTokens = parsed.GetValue(maxNewTokens),
                    RepetitionPenalty = parsed.GetValue(penalty),
                    PenaltyScope = parsed.GetRequiredValue(scope) switch
                    {
                        "prompt-and-answer" => PenaltyScope.PromptAndAnswer,
                        "answer" => PenaltyScope.Answer,
                        var other => throw new UrialException(
                            $"Unknown scope '{other}' of the repetition penalty: choose prompt-and-answer (as in transformers) or answer."),
                    },
                    Temperature = parsed.GetValue(temperature),
                    TopP = parsed.GetValue(topP),
                    TopK = parsed.GetValue(topK),
                    Seed = parsed.GetValue(seed),
                    BatchSize = parsed.GetValue(batchSize),
                },
            }, cancellation));
        });
        return command;
    }

    private static PromptChoice? Choice(string? style, int? examples, string form)
    {
        var queryForm = QueryFormNames.Parse(form);
        return style is null ? null : new PromptChoice(style, examples, queryForm);
    }

    private static int Run(TextWriter say, TextWriter warn, AnswerRunSettings settings, CancellationToken cancellation)
    {
        var run = ProgressView.Show(warn, (progress, fail) => AnswerRun.Execute(
            settings,
            step =>
            {
                cancellation.ThrowIfCancellationRequested();
                progress(step);
            },
            failure => fail($"{settings.QueriesFile}:{failure.Line}: {failure.Error}")));
        say.WriteLine($"{run.Answers} answers{(run.Earlier > 0 ? $", {run.Earlier} of them from before" : "")}; {run.Unstopped} ran into "
            + $"the limit of {settings.Options.MaxNewTokens} tokens");
        say.WriteLine($"wrote {settings.OutFile}");
        say.WriteLine($"wrote {settings.ManifestFile}");
        ModelArgument.Warn(run.Notes, warn);
        if (run.Failures.Count == 0)
            return ExitCode.Ok;
        warn.WriteLine($"urial generate: {run.Failures.Count} of {run.Failures.Count + run.Answers} lines of {settings.QueriesFile} "
            + "failed; the others were answered.");
        return ExitCode.SomeFailed;
    }
}
