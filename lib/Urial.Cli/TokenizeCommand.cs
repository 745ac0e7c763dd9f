using System.CommandLine;

namespace Urial.Cli;

/// <summary><c>urial tokenize</c>: shows the tokens of a text or a conversation on standard input.</summary>
internal static class TokenizeCommand
{
    /// <summary>The command, to be added to the root command.</summary>
    /// <param name="input">Standard input.</param>
    public static Command Create(Func<Stream> input)
    {
        var model = new Option<string>("--model")
        {
            Description = "Folder of a model, of which only the tokenizer's files are read: tokenizer.json, tokenizer_config.json and "
                + "special_tokens_map.json; with --chat also chat_template.jinja and additional_chat_templates, where they are there.",
            Required = true,
            HelpName = ModelArgument.HelpName,
        };
        var chat = new Option<bool>("--chat")
        {
            Description = "Read a conversation: a JSON list of messages, or an object {\"messages\": […], \"add_generation_prompt\": true, "
                + "\"tools\": […], …} whose further keys are variables of the template. As in transformers, no generation prompt is added "
                + "where none is asked for, and no special tokens besides those that the template writes.",
        };
        var plain = new Option<bool>("--no-special")
        {
            Description = "Leave out the special tokens that the tokenizer puts around a text, such as a beginning of sequence.",
        };
        var jsonl = new Option<bool>("--jsonl")
        {
            Description = "Read a JSON value a line (a string; with --chat a list or an object) and write {\"ids\", \"pieces\", "
                + "\"text\"} or {\"error\"} a line; the text is the rendered template with --chat, else the ids decoded. "
                + "Without it, standard input is one text, exactly as it comes, and each token is printed with its id, as it is spelt in "
                + "the vocabulary.",
        };
        var command = new Command("tokenize", "Show the tokens of a text or a conversation on standard input. Exit code 0: all done; "
            + "3: some lines failed and the others were done; 2: the model or the input cannot be used.")
        {
            model, chat, plain, jsonl,
        };
        command.SetAction(parsed =>
        {
            var folder = ModelArgument.ResolveTokenizer(parsed.GetRequiredValue(model), parsed.InvocationConfiguration.Error);
            var (tokenizer, stored) = LanguageModel.LoadTokenizer(folder);
            var template = !parsed.GetValue(chat) ? null : stored
                ?? throw new UrialException($"{folder} has no chat template: neither chat_template.jinja nor chat_template in "
                    + "tokenizer_config.json. Base models have none; name the aligned model, or leave out --chat.");
            var run = new TokenizeRun(tokenizer, template, !parsed.GetValue(plain));
            var output = VisibleWriter.Data(parsed.InvocationConfiguration.Output, isText: !parsed.GetValue(jsonl));
            foreach (var line in parsed.GetValue(jsonl) ? run.Lines(input()) : run.Tokens(input()))
                output.Write(line + "\n");
            return run.Failed > 0 ? ExitCode.SomeFailed : ExitCode.Ok;
        });
        return command;
    }
}
