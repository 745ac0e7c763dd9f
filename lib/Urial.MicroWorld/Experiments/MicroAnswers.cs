namespace Urial.MicroWorld;

/// <summary>Lets a model answer queries of the world and judges every answer by the world's ground truth.</summary>
public static class MicroAnswers
{
    private const int Batch = 48; // small models: the cost of a step hardly grows with the batch

    /// <summary>Answers greedily under a prompt style.</summary>
    /// <param name="model">A model of the micro-world.</param>
    /// <param name="queries">Queries with their ground truth.</param>
    /// <param name="style">How a query becomes a prompt.</param>
    /// <param name="maxNewTokens">The most tokens of an answer.</param>
    /// <param name="stop">Whether the style's stop strings and closing fence end an answer; otherwise only the end of sequence and the limit do.</param>
    /// <returns>The answers in the order of the queries.</returns>
    /// <exception cref="UrialException">A prompt with its answer does not fit into the context.</exception>
    public static IReadOnlyList<MicroAnswer> Run(
        LanguageModel model, IReadOnlyList<NamedQuery> queries, IPromptStyle style, int maxNewTokens = 160, bool stop = true)
    {
        var options = new GenerationOptions { MaxNewTokens = maxNewTokens, BatchSize = Batch };
        var judge = new MicroWorldJudge();
        var answers = model.GenerateBatch([.. queries.Select(query => Tokens(style.Prompt(query.Query.Text)))], options, prefix: null);
        return [.. queries.Zip(answers, (query, answer) => new MicroAnswer(query, answer, judge.Judge(query.Query, answer.Text)))];

        PromptTokens Tokens(PromptText prompt) => stop
            ? new(prompt.Encode(model.Tokenizer)) { Stop = prompt.Stop, Closing = prompt.Closing }
            : new(prompt.Encode(model.Tokenizer)) { Stop = [] };
    }

    /// <summary>Every n-th query: fewer of them, and still of all kinds.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="step">n, 1 or more.</param>
    public static IReadOnlyList<NamedQuery> Every(IReadOnlyList<NamedQuery> queries, int step) => [.. queries.Where((_, place) => place % step == 0)];

    /// <summary>The share of answers that something holds of, with a bootstrap interval over queries.</summary>
    /// <exception cref="ArgumentException">There are no answers.</exception>
    public static Estimate Share(IEnumerable<MicroAnswer> answers, Func<MicroAnswer, bool> holds) =>
        Bootstrap.Mean([.. answers.Select(answer => holds(answer) ? 1.0 : 0)]);
}
