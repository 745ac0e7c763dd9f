using System.Text;

namespace Urial.MicroWorld;

/// <summary>How queries and answers are set as blocks of one text, the form in which a base model is asked.</summary>
/// <param name="Name">The form's name in cells.</param>
/// <param name="BeforeQuery">What stands before a query.</param>
/// <param name="BeforeAnswer">
/// What stands between query and answer. It ends without a blank: a lone blank is a token that answers never begin with.
/// </param>
/// <param name="AnswerLead">
/// What an answer begins with inside a block (a blank on the header's line, or nothing on a line of its own).
/// </param>
/// <param name="AfterAnswer">What ends a block.</param>
/// <param name="Stops">Where a continuation is cut.</param>
internal sealed record PromptForm(string Name, string BeforeQuery, string BeforeAnswer, string AnswerLead, string AfterAnswer,
    IReadOnlyList<string> Stops)
{
    /// <summary>The header pair that stands most often in the corpus.</summary>
    public static PromptForm Seen { get; } = new("seen header", "Question: ", "\nAnswer:", " ", "\n\n",
        ["\n\n", "\nQuestion:", "\nAnswer:"]);

    /// <summary>
    /// The header pair and fences of the URIAL prompts; neither stands in the corpus. Without blocks it is the zero-shot prompt.
    /// </summary>
    public static PromptForm Unseen { get; } = new("unseen header", "# Query:\n```\n", "\n```\n\n# Answer:\n```\n", "", "\n```\n\n",
        ["\n```", "\n# Query", "\n# Answer"]);

    /// <summary>A bare beginning of a sentence, to be completed to its full stop.</summary>
    public static PromptForm Sentence { get; } = new("sentence", "", "", " ", "", [".", "\n"]);

    /// <summary>A bare query for a model with a chat template: it ends its answers itself.</summary>
    public static PromptForm Chat { get; } = new("chat", "", "", "", "", []);

    /// <summary>A prompt: system text (if any), solved blocks, and the query to answer.</summary>
    public string Render(string? system, IEnumerable<(string Query, string Answer)> blocks, string query)
    {
        var text = new StringBuilder();
        if (!string.IsNullOrEmpty(system))
            text.Append(system).Append("\n\n");
        foreach (var (asked, answer) in blocks)
            text.Append(BeforeQuery).Append(asked).Append(BeforeAnswer).Append(AnswerLead).Append(answer).Append(AfterAnswer);
        return text.Append(BeforeQuery).Append(query).Append(BeforeAnswer).ToString();
    }

    /// <summary>A continuation, cut at the first stop and without the blank or line break that it may begin or end with.</summary>
    public string Cut(string continuation)
    {
        var end = continuation.Length;
        foreach (var stop in Stops)
        {
            var at = continuation.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0 && at < end)
                end = at;
        }
        var answer = continuation[..end].TrimEnd();
        return AnswerLead.Length > 0 && answer.StartsWith(AnswerLead, StringComparison.Ordinal) ? answer[AnswerLead.Length..] : answer;
    }
}
