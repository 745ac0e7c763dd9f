namespace Urial;

/// <summary>What a language model is asked about one answer: a prompt, and the aspects that its reply must score.</summary>
public sealed class JudgeRubric
{
    private readonly JudgePrompt _prompt;

    /// <summary>A rubric.</summary>
    /// <param name="prompt">Its prompt, with places for <c>instruction</c> and <c>answer</c>.</param>
    /// <param name="aspects">The aspects that the reply must score.</param>
    /// <exception cref="ArgumentException">There are no aspects.</exception>
    public JudgeRubric(JudgePrompt prompt, IReadOnlyList<Aspect> aspects)
    {
        if (aspects.Count == 0)
            throw new ArgumentException("A rubric needs at least one aspect.", nameof(aspects));
        (_prompt, Aspects) = (prompt, aspects);
    }

    /// <summary>The aspects that a reply must score.</summary>
    public IReadOnlyList<Aspect> Aspects { get; }

    /// <summary>The prompt file's name.</summary>
    public string Name => _prompt.Name;

    /// <summary>SHA-256 of the prompt before it is filled.</summary>
    public string Sha256 => _prompt.Sha256;

    /// <summary>The five general aspects in one call.</summary>
    public static JudgeRubric General() => Load("judge-general.txt", Urial.Aspects.General);

    /// <summary>Safety, with a rubric of its own.</summary>
    public static JudgeRubric Safety() => Load("judge-safety.txt", [Aspect.Safety]);

    /// <summary>The rubric that Just-Eval uses on a split.</summary>
    public static JudgeRubric For(JustEvalSplit split) => split == JustEvalSplit.Safety ? Safety() : General();

    /// <summary>What is sent about an answer.</summary>
    public string Fill(AnswerToJudge answer) => _prompt.Fill(answer.Instruction, answer.Output);

    private static JudgeRubric Load(string file, IReadOnlyList<Aspect> aspects) =>
        new(JudgePrompt.Load(Repository.Path("data", "just-eval", file), "instruction", "answer"), aspects);
}
