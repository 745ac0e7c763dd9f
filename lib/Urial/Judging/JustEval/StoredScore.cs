namespace Urial;

/// <summary>One score of one answer, as a public evaluation stored it.</summary>
/// <param name="Model">The model that answered.</param>
/// <param name="Id">The example's id.</param>
/// <param name="Aspect">What was scored.</param>
/// <param name="Judge">The model that judged.</param>
/// <param name="Score">1 to 5; null where the judge said "N/A".</param>
public sealed record StoredScore(string Model, string Id, Aspect Aspect, string Judge, int? Score);
