namespace Urial;

/// <summary>A query whose prompts are fixed, as text and as ids, and checked against both models.</summary>
internal sealed record PreparedQuery
{
    private PreparedQuery(ShiftQuery query, SidePrompt basePrompt, SidePrompt alignedPrompt, int room, int[]? answerIds, int? endId) =>
        (Query, Base, Aligned, Room, AnswerIds, EndId) = (query, basePrompt, alignedPrompt, room, answerIds, endId);

    public ShiftQuery Query { get; }

    /// <summary>What the base model reads.</summary>
    public SidePrompt Base { get; }

    /// <summary>What the aligned model reads, and where its answer stops.</summary>
    public SidePrompt Aligned { get; }

    /// <summary>The answer to score; null: the aligned model generates it.</summary>
    public int[]? AnswerIds { get; }

    /// <summary>A token that ends this answer, beside those that end the aligned model's answers; null: there is none.</summary>
    public int? EndId { get; }

    /// <summary>How many answer tokens fit behind the prompts in both models' contexts; at least 1.</summary>
    public int Room { get; }

    /// <summary>Makes the prompts that the query leaves open, and checks that they and the answer fit.</summary>
    /// <exception cref="UrialException">
    /// A style makes no prompt of the query, a prompt has no tokens, or a context is too short.
    /// </exception>
    public static PreparedQuery Of(PromptedPair pair, ShiftQuery query, ShiftOptions options)
    {
        var basePrompt = SidePrompt.Of(
            pair.Base, "base", query.BasePrompt, query.PromptIds?.Base, () => options.BaseStyle ?? new ZeroShotStyle(), query.Conversation);
        var alignedPrompt = SidePrompt.Of(
            pair.Aligned, "aligned", query.AlignedPrompt, query.PromptIds?.Aligned, () => options.AlignedStyle ?? Chat(pair.Aligned),
            query.Conversation);
        var written = query.WrittenAnswer is { } example
            ? WrittenAnswerIds.Of(pair.Aligned, options.AlignedStyle ?? Chat(pair.Aligned), example.Answer) : null;
        var answer = written ?? query.AnswerIds?.ToArray();
        var needed = answer?.Length ?? 1;
        var room = Math.Min(RoomBehind(pair.Base, basePrompt, needed, "base"), RoomBehind(pair.Aligned, alignedPrompt, needed, "aligned"));
        if (answer is not null)
            CheckVocabulary(pair, answer);
        return new PreparedQuery(query, basePrompt, alignedPrompt, room, answer, written?[^1] ?? query.EndId);
    }

    private static ChatStyle Chat(IPromptedModel aligned) =>
        aligned.ChatTemplate is not null ? new ChatStyle(aligned) : throw new UrialException(
        $"The aligned model {aligned.Name} has no chat template, so a query alone makes no prompt. " +
        "Choose a prompt style for it, give base_prompt and aligned_prompt instead, or add chat_template to its tokenizer_config.json.");

    private static int RoomBehind(IPromptedModel model, SidePrompt prompt, int answer, string side)
    {
        if (model.ContextLength is not { } context)
            return int.MaxValue; // a server that does not tell says so itself
        var length = prompt.Tokens.Ids.Length;
        return length + answer <= context ? context - length : throw new UrialException(
            $"Context overflow: the {side} prompt has {length} tokens and the answer needs {answer} more, " +
            $"but the {side} model {model.Name} reads at most {context}. Shorten the prompt or the answer.");
    }

    private static void CheckVocabulary(PromptedPair pair, IReadOnlyList<int> answer)
    {
        // A head may be padded beyond the tokenizer, and the aligned model's beyond the base's.
        var size = Math.Min(pair.Aligned.VocabularySize, pair.Tokenizer.VocabularySize);
        for (var position = 0; position < answer.Count; position++)
            if (answer[position] < 0 || answer[position] >= size)
                throw new UrialException(
                    $"Answer id {answer[position]} at position {position} is outside the vocabulary of {size} tokens (0 to {size - 1}).");
        SharedAnswer.Of(pair, [.. answer]);
    }
}
