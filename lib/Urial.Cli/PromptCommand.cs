using System.CommandLine;

namespace Urial.Cli;

/// <summary><c>urial prompt</c>: shows exactly what would be sent for each query on standard input.</summary>
internal static class PromptCommand
{
    /// <summary>The command, to be added to the root command.</summary>
    /// <param name="input">Standard input.</param>
    public static Command Create(Func<Stream> input)
    {
        var style = new Option<string>("--prompt-style")
        {
            Description = "How a query becomes text: chat (the model's own template), zero-shot, vanilla-icl, retrieval-icl, urial, a "
                + "prompt file (a path, or a name in data/prompts), or vanilla-icl:FILE.jsonl and retrieval-icl:FILE.jsonl with a pool "
                + "of your own.",
            Required = true,
            HelpName = "STYLE|FILE",
        };
        var examples = new Option<int?>("--examples")
        {
            CustomParser = Number.WholeIfGiven(0),
            Description = "How many examples to show; 3 where it is left out, and all that a prompt file has.",
            HelpName = "K",
        };
        var form = QueryFormOption.Create();
        var model = new Option<string>("--model")
        {
            Description = "Folder of a model, or org/name[@revision] of the hub: chat needs its template, retrieval-icl embeds with it "
                + "(BM25 without one), and tokens are counted with its tokenizer.",
            HelpName = ModelArgument.HelpName,
        };
        var jsonl = new Option<bool>("--jsonl")
        {
            Description = "Read a JSON string or a list of messages a line, write {\"text\", "
            + "\"stop\", \"tokens\"} or {\"error\"} a line. Without it, standard input is one query as plain text and its prompt is "
            + "printed as it is."
        };
        var command = new Command("prompt", "Show the prompt of each query on standard input. A beginning-of-sequence token is not in "
            + "the text (the chat template's is) and is among the tokens. Exit code 0: all lines done; 3: some lines failed and the "
            + "others were done; 2: the options cannot be used.")
        {
            style, examples, form, model, jsonl,
        };
        command.SetAction(parsed =>
        {
            using var loaded = parsed.GetValue(model) is { } named
                ? ModelArgument.Load(named, null, parsed.InvocationConfiguration.Error) : null;
            var made = PromptStyles.Of(parsed.GetRequiredValue(style), parsed.GetValue(examples), loaded,
                QueryFormNames.Parse(parsed.GetRequiredValue(form)));
            var prompts = new PromptRun(made, loaded?.Tokenizer);
            var output = VisibleWriter.Data(parsed.InvocationConfiguration.Output, isText: !parsed.GetValue(jsonl));
            if (!parsed.GetValue(jsonl))
                output.Write(prompts.Text(input()));
            else
                foreach (var line in prompts.Lines(input()))
                {
                    output.WriteLine(line);
                    output.Flush();
                }
            return prompts.Failed > 0 ? ExitCode.SomeFailed : ExitCode.Ok;
        });
        return command;
    }
}
