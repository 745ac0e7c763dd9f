namespace Urial;

/// <summary>A query whose prompts are fixed, as text and as ids, and checked against both models.</summary>
internal sealed record PreparedQuery
{
    private PreparedQuery(ShiftQuery query, string basePrompt, string alignedPrompt, int[] baseIds, int[] alignedIds, int room) =>
        (Query, BasePrompt, AlignedPrompt, BaseIds, AlignedIds, Room) = (query, basePrompt, alignedPrompt, baseIds, alignedIds, room);

    public ShiftQuery Query { get; }

    public string BasePrompt { get; }

    public string AlignedPrompt { get; }

    public int[] BaseIds { get; }

    public int[] AlignedIds { get; }

    /// <summary>How many answer tokens fit behind the prompts in both models' contexts; at least 1.</summary>
    public int Room { get; }

    /// <summary>Makes the prompts that the query leaves open, and checks that they and the answer fit.</summary>
    /// <exception cref="UrialException">There is no chat template, a prompt has no tokens, or a context is too short.</exception>
    public static PreparedQuery Of(ModelPair pair, ShiftQuery query)
    {
        var basePrompt = query.BasePrompt ?? new ZeroShotStyle().Prompt(query.Query).Spelled(pair.Base.Tokenizer);
        var alignedPrompt = query.AlignedPrompt ?? Chat(pair.Aligned, query.Query);
        var baseIds = Encode(pair.Base, basePrompt, "base");
        var alignedIds = Encode(pair.Aligned, alignedPrompt, "aligned");
        var needed = query.AnswerIds?.Count ?? 1;
        var room = Math.Min(
            RoomBehind(pair.Base, baseIds.Length, needed, "base"),
            RoomBehind(pair.Aligned, alignedIds.Length, needed, "aligned"));
        var prepared = new PreparedQuery(query, basePrompt, alignedPrompt, baseIds, alignedIds, room);
        if (query.AnswerIds is { } answer)
            CheckVocabulary(pair, answer);
        return prepared;
    }

    private static string Chat(LanguageModel aligned, string query) =>
        (aligned.ChatTemplate ?? throw new UrialException(
            $"The aligned model {aligned.Name} has no chat template, so an instruction alone makes no prompt. " +
            "Give base_prompt and aligned_prompt instead, or add chat_template to its tokenizer_config.json."))
        .Render([new ChatMessage("user", query)], addGenerationPrompt: true);

    private static int[] Encode(LanguageModel model, string prompt, string side)
    {
        var ids = model.Tokenizer.Encode(prompt);
        return ids.Length > 0 ? ids : throw new UrialException(
            $"The {side} prompt has no tokens: a model needs at least one before the answer.");
    }

    private static int RoomBehind(LanguageModel model, int prompt, int answer, string side)
    {
        var context = model.Config.MaxPositions;
        return prompt + answer <= context ? context - prompt : throw new UrialException(
            $"Context overflow: the {side} prompt has {prompt} tokens and the answer needs {answer} more, " +
            $"but the {side} model {model.Name} reads at most {context}. Shorten the prompt or the answer.");
    }

    private static void CheckVocabulary(ModelPair pair, IReadOnlyList<int> answer)
    {
        var size = Math.Min(pair.Base.Config.VocabularySize, pair.Tokenizer.VocabularySize); // a head may be padded beyond the tokenizer
        for (var position = 0; position < answer.Count; position++)
            if (answer[position] < 0 || answer[position] >= size)
                throw new UrialException(
                    $"Answer id {answer[position]} at position {position} is outside the vocabulary of {size} tokens (0 to {size - 1}).");
    }
}
