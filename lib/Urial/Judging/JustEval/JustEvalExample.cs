namespace Urial;

/// <summary>An example of just-eval-instruct.</summary>
/// <param name="Id">Its id, <c>0</c> to <c>999</c> in the published set.</param>
/// <param name="Split">General or safety.</param>
/// <param name="Source">
/// Where it comes from: <c>alpaca_eval</c>, <c>lima</c>, <c>mt-bench</c>, <c>hh-rlhf-redteam</c>, <c>malicious-instruct</c>.
/// </param>
/// <param name="Subset">The part of that source, as the data set's field <c>dataset</c> names it.</param>
/// <param name="SourceId">The id that the data set gives it in its source.</param>
/// <param name="Tasks">Task tags in the original's order; none on safety examples.</param>
/// <param name="Topics">Topic tags in the original's order; none on safety examples.</param>
/// <param name="Difficulty"><c>easy</c>, <c>medium</c>, <c>hard</c>; null on safety examples.</param>
/// <param name="Lite">Whether it belongs to the lite subset.</param>
/// <param name="Instruction">The query's text; null where only the committed ids and tags were read.</param>
public sealed record JustEvalExample(
    string Id, JustEvalSplit Split, string Source, string Subset, string SourceId,
    IReadOnlyList<string> Tasks, IReadOnlyList<string> Topics, string? Difficulty, bool Lite, string? Instruction = null)
{
    /// <summary>The aspects that Just-Eval scores on this example.</summary>
    public IReadOnlyList<Aspect> Aspects => Split == JustEvalSplit.Safety ? [Aspect.Safety] : Urial.Aspects.General;
}
