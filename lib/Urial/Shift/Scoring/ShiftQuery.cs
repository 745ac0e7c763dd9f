namespace Urial;

/// <summary>
/// One question to a pair: a query for which the library makes the prompts, or two prompts used verbatim;
/// with an answer that is already there, or one that the aligned model has yet to give.
/// </summary>
public sealed record ShiftQuery
{
    private ShiftQuery(string id, string query, string? basePrompt, string? alignedPrompt, IReadOnlyList<int>? answerIds)
    {
        if (string.IsNullOrWhiteSpace(id))
            throw new UrialException("A query needs an id that is not empty.");
        if (basePrompt is null && string.IsNullOrWhiteSpace(query))
            throw new UrialException($"Query {id} is empty: there is nothing to answer.");
        if (basePrompt is "" || alignedPrompt is "")
            throw new UrialException($"A prompt of query {id} is empty: a model needs at least one token before the answer.");
        if (answerIds is { Count: 0 })
            throw new UrialException($"The answer of query {id} has no tokens. Give at least one, or leave the answer out to have it generated.");
        (Id, Query, BasePrompt, AlignedPrompt, AnswerIds) = (id, query, basePrompt, alignedPrompt, answerIds);
    }

    /// <summary>The query's id, unique in a run.</summary>
    public string Id { get; }

    /// <summary>The query as the user asked it; may be empty where prompts are given.</summary>
    public string Query { get; }

    /// <summary>The base model's prompt, verbatim; null: the zero-shot prompt.</summary>
    public string? BasePrompt { get; }

    /// <summary>The aligned model's prompt, verbatim; null: its chat template around the query.</summary>
    public string? AlignedPrompt { get; }

    /// <summary>The answer to score, with its end-of-sequence token if it ended; null: the aligned model generates it greedily.</summary>
    public IReadOnlyList<int>? AnswerIds { get; }

    /// <summary>
    /// A query under the usual prompts: <see cref="ZeroShot"/> for the base model, the chat template for the aligned model.
    /// </summary>
    /// <exception cref="UrialException">The id, the query or the answer is empty.</exception>
    public static ShiftQuery Of(string id, string query, IReadOnlyList<int>? answerIds = null) =>
        new(id, query, null, null, answerIds);

    /// <summary>Two prompts, each read as it stands: no special tokens are added to them.</summary>
    /// <exception cref="UrialException">The id, a prompt or the answer is empty.</exception>
    public static ShiftQuery Verbatim(
        string id, string basePrompt, string alignedPrompt, IReadOnlyList<int>? answerIds = null, string query = "") =>
        new(id, query, basePrompt, alignedPrompt, answerIds);

    /// <summary>
    /// A query that the base model reads under a prompt of its own and the aligned model under its chat template: how near the base model
    /// comes under that prompt.
    /// </summary>
    /// <param name="id">The query's id.</param>
    /// <param name="query">The query as the user asked it.</param>
    /// <param name="basePrompt">What stands before the answer for the base model, verbatim: <see cref="PromptText.Spelled"/>.</param>
    /// <param name="answerIds">The answer to score; null: the aligned model generates it greedily.</param>
    /// <exception cref="UrialException">The id, the query, the prompt or the answer is empty.</exception>
    public static ShiftQuery Under(string id, string query, string basePrompt, IReadOnlyList<int>? answerIds = null) => string.IsNullOrWhiteSpace(query)
        ? throw new UrialException($"Query {id} is empty: there is nothing for the chat template to hold.")
        : new(id, query, basePrompt, null, answerIds);
}
