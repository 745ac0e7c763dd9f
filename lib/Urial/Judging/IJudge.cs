namespace Urial;

/// <summary>Judges answers one by one: a language model, the micro-world's ground truth, or scores that are stored.</summary>
public interface IJudge
{
    /// <summary>The judge's name, as results carry it.</summary>
    string Name { get; }

    /// <summary>
    /// SHA-256 of all that a judgment of this answer depends on beside the judge: the prompt that would be sent, or what is judged.
    /// </summary>
    string PromptSha256(AnswerToJudge answer);

    /// <summary>Judges an answer. What goes wrong with one answer is a failed judgment, not an exception.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellation">Stops the judging.</param>
    /// <exception cref="OperationCanceledException">The reader stopped it.</exception>
    Task<Judgment> JudgeAsync(AnswerToJudge answer, CancellationToken cancellation = default);
}
