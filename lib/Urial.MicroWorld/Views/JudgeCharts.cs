namespace Urial.MicroWorld;

/// <summary>The rules and a language model beside each other, as dots with their intervals.</summary>
public static class JudgeCharts
{
    private static readonly (string Name, bool IsModel)[] Judges = [("the world's rules", false), ("language model", true)];

    /// <summary>Each aspect's mean in each arm, by either judge.</summary>
    /// <param name="arms">The arms.</param>
    /// <param name="title">The title.</param>
    /// <exception cref="ArgumentException">There are no arms.</exception>
    public static Figure Means(IReadOnlyList<JudgedArm> arms, string title) => Charts.Dots(
        Judges, Aspects.All.SelectMany(aspect => arms.Select(arm => (Name: $"{aspect.Name()}, {arm.Name}", Means: arm.Mean(aspect)))),
        (judge, row) => judge.IsModel ? row.Means.ByModel : row.Means.ByRules, "mean score (1–5), with 95 % interval over queries", title);

    /// <summary>How far one arm is ahead of another in each aspect, by either judge.</summary>
    /// <param name="first">The arm.</param>
    /// <param name="second">The other, on the same queries.</param>
    /// <param name="title">The title.</param>
    public static Figure Differences(JudgedArm first, JudgedArm second, string title) => Charts.Dots(
        Judges, Aspects.All.Select(aspect => (Name: aspect.Name(), Ahead: first.Ahead(second, aspect))),
        (judge, row) => judge.IsModel ? row.Ahead.ByModel : row.Ahead.ByRules,
        "difference in points, with 95 % interval over queries", title, line: 0);
}
