namespace Urial;

/// <summary>
/// One question to a pair: a query or a conversation, which each side reads under its prompt style (<see cref="ShiftOptions"/>), or two
/// prompts used verbatim; with an answer that is already there, or one that the aligned model has yet to give.
/// </summary>
public sealed record ShiftQuery
{
    private ShiftQuery(
        string id, string query, IReadOnlyList<ChatMessage>? conversation, string? basePrompt, string? alignedPrompt,
        IReadOnlyList<int>? answerIds)
    {
        if (string.IsNullOrWhiteSpace(id))
            throw new UrialException("A query needs an id that is not empty.");
        if (basePrompt is null && string.IsNullOrWhiteSpace(query))
            throw new UrialException($"Query {id} is empty: there is nothing to answer.");
        if (basePrompt is "" || alignedPrompt is "")
            throw new UrialException($"A prompt of query {id} is empty: a model needs at least one token before the answer.");
        if (answerIds is { Count: 0 })
            throw new UrialException(
                $"The answer of query {id} has no tokens. Give at least one, or leave the answer out to have it generated.");
        (Id, Query, BasePrompt, AlignedPrompt, AnswerIds) = (id, query, basePrompt, alignedPrompt, answerIds);
        Conversation = conversation ?? [new ChatMessage("user", query)];
    }

    /// <summary>The query's id, unique in a run.</summary>
    public string Id { get; }

    /// <summary>The query as the user asked it: of a conversation its last message; may be empty where prompts are given.</summary>
    public string Query { get; }

    /// <summary>What the prompt styles write down: the query alone, or the whole conversation that it ends.</summary>
    public IReadOnlyList<ChatMessage> Conversation { get; }

    /// <summary>The base model's prompt, verbatim; null: its prompt style's.</summary>
    public string? BasePrompt { get; }

    /// <summary>The aligned model's prompt, verbatim; null: its prompt style's.</summary>
    public string? AlignedPrompt { get; }

    /// <summary>The answer to score, with its end-of-sequence token if it ended; null: the aligned model generates it greedily.</summary>
    public IReadOnlyList<int>? AnswerIds { get; }

    /// <summary>Whether the answer to score ended at a stop string, which is no part of its ids.</summary>
    public bool EndedAtStop { get; init; }

    /// <summary>
    /// The answer to score as somebody wrote it, behind which the aligned side's end of turn is put (<see cref="OfWritten"/>); null: it is
    /// none such.
    /// </summary>
    public WrittenExample? WrittenAnswer { get; private init; }

    /// <summary>What kind of query it is, where that is known: <see cref="ShiftedAnswer.Kind"/> of its answer.</summary>
    public string? Kind { get; init; }

    /// <summary>A token that ends this answer, beside those that end the aligned model's answers; null: there is none.</summary>
    internal int? EndId { get; private init; }

    /// <summary>The ids of the verbatim prompts, where they are known.</summary>
    internal (int[] Base, int[] Aligned)? PromptIds { get; private init; }

    /// <summary>A query, which each side reads under its prompt style.</summary>
    /// <exception cref="UrialException">The id, the query or the answer is empty.</exception>
    public static ShiftQuery Of(string id, string query, IReadOnlyList<int>? answerIds = null) =>
        new(id, query, null, null, null, answerIds);

    /// <summary>A conversation, which each side reads under its prompt style.</summary>
    /// <exception cref="UrialException">The id, the conversation, its last message or the answer is empty.</exception>
    public static ShiftQuery Of(string id, IReadOnlyList<ChatMessage> conversation, IReadOnlyList<int>? answerIds = null) =>
        new(id, conversation.Count == 0 ? "" : conversation[^1].Content, conversation, null, null, answerIds);

    /// <summary>
    /// A question with the answer that somebody wrote to it, which is scored in place of a generated one. Its ids are those of its text
    /// alone in the aligned model's tokenizer, no special tokens added, and then the token that ends the turn: in the chat template's frame
    /// where the aligned side reads by one that ends turns with a token, else the aligned model's end of sequence. Both sides read the same
    /// ids. A tokenizer that puts a space before every text puts one before the answer, as models with such tokenizers do themselves behind
    /// a prompt.
    /// </summary>
    /// <param name="example">The question and its answer.</param>
    /// <exception cref="UrialException">The id is empty.</exception>
    public static ShiftQuery OfWritten(WrittenExample example) =>
        new(example.Id, example.Instruction, null, null, null, null) { WrittenAnswer = example, Kind = example.Kind };

    /// <summary>Two prompts, each read as it stands: no special tokens are added to them.</summary>
    /// <exception cref="UrialException">The id, a prompt or the answer is empty.</exception>
    public static ShiftQuery Verbatim(string id, string basePrompt, string alignedPrompt, IReadOnlyList<int>? answerIds = null,
        string query = "") =>
        new(id, query, null, basePrompt, alignedPrompt, answerIds);

    /// <summary>A conversation of which the base model's prompt may have been edited.</summary>
    /// <param name="id">The id.</param>
    /// <param name="conversation">What is asked.</param>
    /// <param name="basePrompt">The base model's prompt, verbatim; null: its prompt style's.</param>
    /// <param name="answerIds">The answer to score; null: it is yet to be given.</param>
    internal static ShiftQuery Live(
        string id, IReadOnlyList<ChatMessage> conversation, string? basePrompt, IReadOnlyList<int>? answerIds) =>
        new(id, conversation.Count == 0 ? "" : conversation[^1].Content, conversation, basePrompt, null, answerIds);

    /// <summary>An answer that was scored before, behind the same prompts.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="answerIds">Other ids of it; null: its own.</param>
    internal static ShiftQuery Again(ShiftedAnswer answer, IReadOnlyList<int>? answerIds = null) =>
        new(answer.Id, answer.Query, null, answer.BasePrompt, answer.AlignedPrompt, answerIds ?? answer.AnswerIds)
        {
            PromptIds = (answer.BasePromptIds, answer.AlignedPromptIds),
            Kind = answer.Kind,
            EndId = answer.Positions is [.., { IsEos: true } last] ? last.TokenId : null,
        };
}
