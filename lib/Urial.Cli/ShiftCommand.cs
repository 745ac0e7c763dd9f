using System.CommandLine;
using System.Globalization;

namespace Urial.Cli;

/// <summary><c>urial shift</c>: scores a file of queries under a pair of models.</summary>
internal static class ShiftCommand
{
    /// <summary>The command, to be added to the root command.</summary>
    public static Command Create()
    {
        var baseDirectory = new Option<string>("--base")
        {
            Description = "Folder of the base model, org/name[@revision] of the hub, or the address of an OpenAI-compatible completions "
                + "server that has it (http://HOST:PORT/v1; vLLM and its kin). A server's key is read from OPENAI_API_KEY.",
            Required = true,
            HelpName = ServedOptions.HelpName,
        };
        var alignedDirectory = new Option<string>("--aligned")
        {
            Description = "The aligned model, in the same way; may be the same (one model under two prompts). One may be here and the "
                + "other behind a server.",
            Required = true,
            HelpName = ServedOptions.HelpName,
        };
        var adapterBase = new Option<string>("--adapter-base")
        {
            Description = "The base of --base or --aligned, where that is the folder of a LoRA adapter in PEFT's layout. Without it, an "
                + "adapter as --aligned is merged into --base; where --base is an adapter too, each takes the base that its "
                + "adapter_config.json names.",
            HelpName = ModelArgument.HelpName,
        };
        var queries = new Option<string>("--queries")
        {
            Description = "Queries, one JSON object a line: id, and one of instruction, messages, and base_prompt with aligned_prompt "
                + "(used verbatim, no special tokens added); optionally answer_ids, the end-of-sequence token included: without it an "
                + "answer counts as one that did not end.",
            Required = true,
            HelpName = "FILE.jsonl",
        };
        var written = new Option<bool>("--written")
        {
            Description = "The lines of --queries are written answers, to be scored in place of generated ones: instruction with "
                + "output, or with opener, body and closer; optionally id and kind. Each answer ends with the aligned side's end of "
                + "turn, or its end of sequence where its prompt style has none.",
        };
        var output = new Option<string>("--out")
        {
            Description = "Folder for positions, summary.json and manifest.json.",
            Required = true,
            HelpName = "DIR",
        };
        var baseStyle = new Option<string>("--base-prompt-style")
        {
            Description = $"How the base model reads a query: {PromptStyles.Words}. zero-shot where it is left out.",
            HelpName = "STYLE|FILE",
        };
        var alignedStyle = new Option<string>("--aligned-prompt-style")
        {
            Description = "How the aligned model reads a query, in the same words; its own chat template where it is left out. Its "
                + "answer stops where urial generate stops it under this style; a stop string is no part of the answer, which then "
                + "counts as ended.",
            HelpName = "STYLE|FILE",
        };
        var baseExamples = new Option<int?>("--base-examples")
        {
            CustomParser = Number.WholeIfGiven(0),
            Description = "How many examples the base model's style shows; its own number where it is left out.",
            HelpName = "K",
        };
        var alignedExamples = new Option<int?>("--aligned-examples")
        {
            CustomParser = Number.WholeIfGiven(0),
            Description = "How many examples the aligned model's style shows.",
            HelpName = "K",
        };
        var form = QueryFormOption.Create();
        var maxNewTokens = new Option<int>("--max-new-tokens")
        {
            CustomParser = Number.Whole(1),
            Description = "The most tokens of a generated answer.",
            DefaultValueFactory = _ => 256,
            HelpName = "N",
        };
        var top = new Option<int>("--top")
        {
            CustomParser = Number.Whole(0),
            Description = "How many of each model's most probable tokens to store at each position.",
            DefaultValueFactory = _ => 5,
            HelpName = "K",
        };
        var memory = new Option<double>("--memory")
        {
            CustomParser = Number.Decimal(x => x > 0, "above 0"),
            Description = "GiB that keys and values of answers which are generated side by side may take; at most 16 are, fewer where they "
                + "would take more.",
            DefaultValueFactory = _ => 4,
            HelpName = "GIB",
        };
        var dtype = new Option<string>("--dtype")
        {
            Description = "Precision to compute in: f32 (the reference) or bf16.",
            DefaultValueFactory = _ => "f32",
            HelpName = "f32|bf16",
        };
        var format = new Option<string>("--format")
        {
            Description = "How positions are stored; compact is Parquet with 32-bit floats, half the size.",
            DefaultValueFactory = _ => "parquet",
            HelpName = "parquet|compact|jsonl",
        };
        var tokens = new Option<bool>("--tokens")
        {
            Description = "Also write tokens.jsonl: what the token ids of the positions stand for, so that notebooks (StoredShifts.Read) "
                + "and urial view can show the run without the models.",
        };
        var note = new Option<string>("--note")
        {
            Description = "What else must be known of the models; it stands in the manifest.",
            HelpName = "TEXT",
        };
        var command = new Command("shift", "Score what the base model would have said at each token of the aligned model's answers. See "
            + "the run as a page: urial view DIR --out FILE.html. Exit code 0: all lines scored; 2: nothing could be; 3: some lines "
            + "failed.")
        {
            baseDirectory, alignedDirectory, adapterBase, queries, written, output, baseStyle, baseExamples, alignedStyle,
            alignedExamples, form,
            maxNewTokens, top, memory, dtype, format, tokens, note, DeviceOption.Create(),
        };
        var served = ServedOptions.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var queryForm = QueryFormNames.Parse(parsed.GetRequiredValue(form));
            var (first, second) = served.Sides(parsed, parsed.GetRequiredValue(baseDirectory), parsed.GetRequiredValue(alignedDirectory),
                Model, named => ModelArgument.ResolveTokenizer(named, parsed.InvocationConfiguration.Error, cancellation));
            var given = parsed.GetValue(adapterBase) is { } named ? Model(named) : null;
            if (given is null && first.Server is null && second.Server is null && ModelFolder.IsAdapter(first.Folder))
                // into the cache, where it is not there
                foreach (var adapter in new[] { first.Folder, second.Folder }.Where(ModelFolder.IsAdapter))
                    ModelArgument.ResolveBase(adapter, parsed.InvocationConfiguration.Error, cancellation);
            var settings = new ShiftRunSettings
            {
                BaseDirectory = first.Folder,
                AlignedDirectory = second.Folder,
                BaseServer = first.Server,
                AlignedServer = second.Server,
                AdapterBase = given,
                QueriesFile = parsed.GetRequiredValue(queries),
                Written = parsed.GetValue(written),
                OutDirectory = parsed.GetRequiredValue(output),
                BasePrompt = Choice(parsed.GetValue(baseStyle), parsed.GetValue(baseExamples), "zero-shot"),
                AlignedPrompt = Choice(parsed.GetValue(alignedStyle), parsed.GetValue(alignedExamples), "chat"),
                Options = new ShiftOptions
                {
                    MaxNewTokens = parsed.GetValue(maxNewTokens),
                    Top = parsed.GetValue(top),
                    BatchMemory = Math.Max(1, (long)(parsed.GetValue(memory) * (1L << 30))),
                },
                Precision = PrecisionNames.Parse(parsed.GetRequiredValue(dtype)),
                Format = parsed.GetRequiredValue(format) switch
                {
                    "parquet" => PositionsFormat.Parquet,
                    "compact" => PositionsFormat.Compact,
                    "jsonl" => PositionsFormat.Jsonl,
                    var other => throw new UrialException($"Unknown format '{other}': choose parquet, compact or jsonl."),
                },
                Tokens = parsed.GetValue(tokens),
                Note = parsed.GetValue(note),
                TopInMemory = false,
            };
            string Model(string named) => ModelArgument.Resolve(named, parsed.InvocationConfiguration.Error, cancellation);

            PromptChoice? Choice(string? style, int? examples, string usual) =>
                style is null && examples is null ? null : new PromptChoice(style ?? usual, examples, queryForm);

            return Task.FromResult(Run(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, settings,
                cancellation));
        });
        return command;
    }

    private static int Run(TextWriter say, TextWriter warn, ShiftRunSettings settings, CancellationToken cancellation)
    {
        var run = ProgressView.Show(warn, (progress, fail) => ShiftRun.Execute(
            settings,
            step =>
            {
                cancellation.ThrowIfCancellationRequested();
                progress(step);
            },
            failure => fail($"{settings.QueriesFile}:{failure.Line}: {failure.Error}"), fail, cancellation));
        Print(say, run.Table, "answers");
        if (run.Table.Answers.NotEnded() is var cut and > 0)
        {
            var why = $"they ran into the limit of {settings.Options.MaxNewTokens} new tokens, or were given without an end-of-sequence "
                + "token";
            say.WriteLine($"{cut} of {run.Table.Answers.Count} answers did not "
                + $"end: {why}.{(cut < run.Table.Answers.Count ? " Without them:" : "")}");
            Print(say, new ShiftTable(run.Table.Answers.ThatEnded()), "answers that ended");
        }
        if (!run.Vocabulary.IsWhole && settings.BaseServer is null && settings.AlignedServer is null)
            say.WriteLine(string.Create(CultureInfo.InvariantCulture, $"compared over the {run.Vocabulary.Count} ids that both models "
                + $"share: {run.Vocabulary.BaseLeftOut} of the base and {run.Vocabulary.AlignedLeftOut} of the aligned model were left "
                + $"out; {run.UnsharedEnds} answers ended with such a token, which is no "
                + $"position (see left_out in summary.json)"));
        foreach (var file in run.Files)
            say.WriteLine($"wrote {file}");
        if (run.Earlier > 0)
            say.WriteLine(run.Files.Count == 0 ? $"{settings.OutDirectory} held this run already, complete: nothing was computed"
                : $"{run.Earlier} of the answers were scored before");
        ModelArgument.Warn(run.Notes, warn);
        if (run.Failures.Count == 0)
            return ExitCode.Ok;
        warn.WriteLine($"urial shift: {run.Failures.Count} of {run.Failures.Count + run.Table.Answers.Count} lines "
            + $"of {settings.QueriesFile} failed; the others were scored.");
        return ExitCode.SomeFailed;
    }

    private static void Print(TextWriter say, ShiftTable table, string which)
    {
        foreach (var withEos in new[] { true, false })
            if (table.Any(withEos))
                Print(say, table.Summary(withEos), which);
    }

    private static void Print(TextWriter say, ShiftSummary summary, string which)
    {
        say.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{summary.Positions} positions of {summary.Answers} {which}, {(summary.WithEos ? "with" : "without")} end-of-sequence "
                + $"tokens (95 % intervals over answers)"));
        foreach (var (name, shares) in new[] { ("micro", summary.Micro), ("macro", summary.Macro) })
            say.WriteLine($"  {name}  unshifted {Percent(shares.Unshifted)}  marginal {Percent(shares.Marginal)}  "
                + $"shifted {Percent(shares.Shifted)}");
        say.WriteLine($"  KL(aligned‖base) {Mean(summary, "kl_aligned_base")} nats  KL(base‖aligned) {Mean(summary, "kl_base_aligned")} "
            + $"nats  JS {Mean(summary, "js")} nats");
        say.WriteLine($"  base rank {summary.MeanBaseRank}  base probability {summary.MeanBaseProbability}");
    }

    private static string Mean(ShiftSummary summary, string column) =>
        summary.Means.TryGetValue(column, out var mean) ? $"{mean}" : $"from {summary.MeanBounds[column]} (bounds)";

    private static string Percent(Estimate share) => string.Create(CultureInfo.InvariantCulture,
        $"{100 * share.Value:0.0} % [{100 * share.Interval.Low:0.0}, {100 * share.Interval.High:0.0}]");
}
