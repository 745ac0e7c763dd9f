using System.CommandLine;

namespace Urial.Cli;

/// <summary><c>urial judge</c>: scores a file of answers with a language model, the micro-world's ground truth, or stored scores.</summary>
internal static class JudgeCommand
{
    /// <summary>The command, to be added to the root command.</summary>
    public static Command Create()
    {
        var answers = new Option<string>("--answers")
        {
            Description = "Answers, one JSON object a line or one JSON list: id, instruction, output; generator (the model that "
                + "answered) for stored scores.",
            Required = true,
            HelpName = "FILE.jsonl",
        };
        var judge = new Option<string>("--judge")
        {
            Description = "micro-world: the ground truth of the project's own world. stored: scores by generator and id. openai: a chat "
                + "model behind an OpenAI-compatible server.",
            Required = true,
            HelpName = "micro-world|stored|openai",
        };
        var model = new Option<string?>("--judge-model")
        {
            Description = "openai: the model's name. stored: whose scores, where the file has several judges'.",
            HelpName = "NAME",
        };
        var endpoint = new Option<string?>("--endpoint")
        {
            Description = "openai: the server, up to and including /v1 (default: OPENAI_BASE_URL, else the hosted one). The key comes "
                + "from OPENAI_API_KEY.",
            HelpName = "URL",
        };
        var aspects = new Option<string>("--aspects")
        {
            Description = "all: the five general aspects in one call (micro-world: all six; stored: what is stored). safety: safety "
                + "alone, with its own rubric.",
            DefaultValueFactory = _ => "all",
            HelpName = "all|safety",
        };
        var concurrency = new Option<int>("--concurrency")
        {
            CustomParser = Number.Whole(1, 1024),
            Description = "openai: calls at once.",
            DefaultValueFactory = _ => 4,
            HelpName = "N",
        };
        var timeout = new Option<double>("--timeout")
        {
            CustomParser = Number.Decimal(s => s is > 0 and <= 86_400, "above 0 and at most 86400 (a day)"),
            Description = "openai: seconds that one call may take.",
            DefaultValueFactory = _ => 60,
            HelpName = "S",
        };
        var retries = new Option<int>("--retries")
        {
            CustomParser = Number.Whole(0, 1000),
            Description = "openai: how often a call that failed is tried again.",
            DefaultValueFactory = _ => 3,
            HelpName = "N",
        };
        var temperature = new Option<string>("--temperature")
        {
            Description = "openai: 0, or server to send none, for models that take none; where a model refuses 0, none is sent either, "
                + "and the manifest says so.",
            DefaultValueFactory = _ => "0",
            HelpName = "0|server",
        };
        var cache = new Option<string?>("--cache")
        {
            Description = "openai: replies by model and prompt, read before anything is sent and added to (default: none).",
            HelpName = "FILE.jsonl",
        };
        var scores = new Option<string?>("--scores")
        {
            Description = "stored: a table (.csv) or earlier judgments (.jsonl) (default: data/just-eval/scores.csv).",
            HelpName = "FILE",
        };
        var output = new Option<string>("--out")
        {
            Description = "Judgments, one JSON object a line: id, status, scores, reasons, error, judge, prompt_sha256, usage. What an "
                + "earlier run scored there is kept.",
            Required = true,
            HelpName = "FILE.jsonl",
        };
        var command = new Command("judge",
            "Score answers from 1 to 5. Exit code 0: all are scored; 2: unreadable input; 3: some failed, and a rerun tries those again.")
        {
            answers, judge, model, endpoint, aspects, concurrency, timeout, retries, temperature, cache, scores, output,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var safety = parsed.GetRequiredValue(aspects) switch
            {
                "all" => false,
                "safety" => true,
                var other => throw new UrialException($"Unknown aspects '{other}': choose all or safety."),
            };
            var session = new JudgeSession
            {
                Settings = new JudgeRunSettings
                {
                    AnswersFile = parsed.GetRequiredValue(answers),
                    OutFile = parsed.GetRequiredValue(output),
                    Aspects = safety ? [Aspect.Safety] : Aspects.All,
                    ScoresFile = parsed.GetValue(scores),
                    Concurrency = parsed.GetValue(concurrency),
                },
                SafetyOnly = safety,
                Endpoint = parsed.GetValue(endpoint),
                CacheFile = parsed.GetValue(cache),
                JudgeModel = parsed.GetValue(model),
                Timeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                Retries = parsed.GetValue(retries),
                ServerTemperature = parsed.GetRequiredValue(temperature) switch
                {
                    "0" => false,
                    "server" => true,
                    var other => throw new UrialException(
                        $"Unknown temperature '{other}': choose 0, as in the paper's protocol, or server to send none."),
                },
                Say = parsed.InvocationConfiguration.Output,
                Warn = parsed.InvocationConfiguration.Error,
            };
            return await session.RunAsync(parsed.GetRequiredValue(judge), cancellation);
        });
        return command;
    }
}
