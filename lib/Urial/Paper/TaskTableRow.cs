namespace Urial;

/// <summary>A model's row of the public task table, read against its mean helpfulness over all 800 general examples.</summary>
/// <param name="Model">The model, as the leaderboard names it.</param>
/// <param name="Helpfulness">Its published mean helpfulness, from the aspect table.</param>
/// <param name="FromLastTags">The mean that the task cells give when each weighs as many examples as have that tag last.</param>
/// <param name="FromEveryTag">The mean that they give when each weighs as many examples as carry the tag.</param>
/// <param name="UnreachableLast">Cells that no mean of integer scores over the last-tag examples rounds to.</param>
/// <param name="UnreachableEvery">Cells that no mean of integer scores over all examples with the tag rounds to.</param>
public sealed record TaskTableRow(
    string Model, double Helpfulness, double FromLastTags, double FromEveryTag,
    IReadOnlyList<string> UnreachableLast, IReadOnlyList<string> UnreachableEvery);
