namespace Urial.MicroWorld;

/// <summary>
/// <see cref="MicroWorldJudge"/> as a judge of answers: it finds the query by the instruction's text and scores by the world's ground
/// truth. An instruction that is no question of the world is a failed judgment.
/// </summary>
public sealed class GroundTruthJudge : IJudge
{
    private readonly MicroWorldJudge _judge = new();
    private readonly IReadOnlyList<Aspect> _aspects;

    /// <summary>A judge.</summary>
    /// <param name="aspects">The aspects to score; all six if null.</param>
    public GroundTruthJudge(IReadOnlyList<Aspect>? aspects = null) => _aspects = aspects ?? Aspects.All;

    /// <inheritdoc/>
    public string Name => "micro-world";

    /// <summary>SHA-256 of what is judged: there is no prompt.</summary>
    public string PromptSha256(AnswerToJudge answer) => Hash(answer);

    /// <inheritdoc/>
    public Task<Judgment> JudgeAsync(AnswerToJudge answer, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(QueryRecogniser.Find(answer.Instruction) is { } query
            ? Of(_judge.Judge(query, answer.Output), answer)
            : Judgment.Failed(answer.Id, Name, Hash(answer),
                $"The micro-world does not know the instruction of {answer.Id}: it judges only questions of its own, such as those in "
                    + "data/queries/heldout.jsonl, word for word."));
    }

    /// <summary>The verdict on an answer that the world has judged already, in this judge's aspects.</summary>
    public Judgment Of(MicroJudgment judged, AnswerToJudge answer) => Judgment.Scored(answer.Id, Name, Hash(answer),
        _aspects.ToDictionary(aspect => aspect, aspect => (int?)judged[aspect]),
        _aspects.ToDictionary(aspect => aspect, aspect => judged.Scores[(int)aspect].Reason));

    private string Hash(AnswerToJudge answer) =>
        ContentHash.Of([.. _aspects.Select(aspect => aspect.Name()), answer.Instruction, answer.Output]);
}
