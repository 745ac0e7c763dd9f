using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial.Explore;

/// <summary>The answers of a live page as one self-contained page: what <c>urial shift</c> and <c>urial view</c> make of them.</summary>
internal static class SavedPage
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The page in UTF-8.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="asked">The state, with its answers.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="UrialException">There is no answer, or the run cannot be made.</exception>
    public static byte[] Of(OpenPair pair, Asked asked, CancellationToken cancellation)
    {
        if (asked.Answers.Count == 0)
            throw new UrialException("There is no answer yet that could be kept: ask something first.");
        var folder = Directory.CreateTempSubdirectory("urial-explore-");
        try
        {
            var (queries, output) = (Path.Combine(folder.FullName, "question.jsonl"), Path.Combine(folder.FullName, "run"));
            var options = new ShiftOptions { BaseStyle = asked.Style.For(pair) };
            File.WriteAllLines(queries, asked.Answers.Select((answer, number) => Line(pair, asked, answer, number, options)));
            var settings = (asked.Control ? pair.Settings.AlignedTwice : pair.Settings).Run(queries, output);
            ShiftRun.Execute(settings with
            {
                BasePrompt = Choice(pair, asked),
                AlignedPrompt = new PromptChoice("chat"),
                Options = new ShiftOptions { Top = Limits.Top },
                Note = Note(asked),
            }, _ => cancellation.ThrowIfCancellationRequested(), cancellation: cancellation);
            using var page = new MemoryStream();
            RunPage.Write(StoredRun.Read(output), page);
            return page.ToArray();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Of a prompt that no option names, the text itself is what the run reads.
    private static string Line(OpenPair pair, Asked asked, AskedAnswer answer, int number, ShiftOptions options)
    {
        var line = new JsonObject
        {
            ["id"] = FormattableString.Invariant($"{number + 1}: {answer.Name}"),
            ["answer_ids"] = new JsonArray([.. answer.Ids.Select(id => JsonValue.Create(id))]),
        };
        if (answer.EndedAtStop)
            line["ended_at_stop"] = true;
        if (Choice(pair, asked) is null)
        {
            line["instruction"] = asked.Turns[^1].Content;
            line["base_prompt"] = asked.Prompt ?? options.BaseStyle!.Prompt(asked.Turns).Spelled(pair.Models.Tokenizer);
            line["aligned_prompt"] = new ChatStyle(pair.Models.Aligned).Prompt(asked.Turns).Spelled(pair.Models.Tokenizer);
        }
        else if (asked.Turns.Count == 1)
            line["instruction"] = asked.Turns[0].Content;
        else
            line["messages"] = new JsonArray([.. asked.Turns.Select(turn =>
                new JsonObject { ["role"] = turn.Role, ["content"] = turn.Content })]);
        return line.ToJsonString(Plain);
    }

    private static PromptChoice? Choice(OpenPair pair, Asked asked)
    {
        var micro = pair.Source.IsEmbedded ? "micro-" : "";
        return asked.Prompt is not null ? null : asked.Style.Name switch
        {
            "zero-shot" => new PromptChoice("zero-shot"),
            "vanilla-icl" => new PromptChoice(
                $"vanilla-icl:{Repository.Path("data", "prompts", $"{micro}plain.jsonl")}", asked.Style.Examples),
            "urial" => new PromptChoice(FormattableString.Invariant($"{micro}urial-{asked.Style.Examples}")),
            _ => null,
        };
    }

    private static string? Note(Asked asked)
    {
        var control = asked.Control
            ? "This is the control: the aligned weights stand on both sides, and only the prompts differ. " : "";
        var prompt = asked.Prompt is not null ? "What the base side read was edited by hand, and stands as it is."
            : asked.Style.Name == "chat" ? "The base side read the aligned model's chat template." : "";
        return control + prompt is { Length: > 0 } note ? note.Trim() : null;
    }
}
