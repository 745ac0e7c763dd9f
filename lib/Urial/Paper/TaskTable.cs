namespace Urial;

/// <summary>
/// What the public task table can be shown to be without the scores behind it, which are not public. If every example counts
/// once, for its last tag, the cells weighted by those counts must give back the mean helpfulness of the aspect table; and a mean
/// of n integers can only take certain values.
/// </summary>
public static class TaskTable
{
    /// <summary>The leaderboard's columns with the data set's tags.</summary>
    public static IReadOnlyList<(string Column, string Tag)> Columns { get; } =
        [("Info-seek", "info-seek"), ("Reasoning", "reasoning"), ("Procedure", "procedure"), ("Writing", "writing"),
            ("Role-play", "role-play"), ("Code", "coding"), ("Math", "math")];

    /// <summary>How many examples count for each tag.</summary>
    public static IReadOnlyDictionary<string, int> Counts(IEnumerable<JustEvalExample> examples, TagCounting counting) => examples
        .Where(example => example.Tasks.Count > 0)
        .SelectMany(example => counting == TagCounting.LastOnly ? [example.Tasks[^1]] : example.Tasks.Distinct())
        .GroupBy(tag => tag).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>Reads the committed table, row by row, against the committed aspect table and tags.</summary>
    public static IReadOnlyList<TaskTableRow> Read()
    {
        var (tasks, aspects, examples) =
            (PublishedTable.Leaderboard(LeaderboardCut.Task), PublishedTable.Leaderboard(LeaderboardCut.Aspect), JustEval.Examples());
        var (last, every) = (Counts(examples, TagCounting.LastOnly), Counts(examples, TagCounting.Every));
        return [.. tasks.Rows.Select(row => new TaskTableRow(
            row.Name, aspects[row.Name]["Helpful"], Weighted(row, last), Weighted(row, every), Unreachable(row, last),
            Unreachable(row, every)))];
    }

    /// <summary>Whether some mean of <paramref name="n"/> whole scores is printed as <paramref name="mean"/> in two decimals.</summary>
    public static bool IsReachable(double mean, int n)
    {
        var sum = Math.Round(mean * n);
        return Enumerable.Range(-1, 3).Any(step => Math.Abs((sum + step) / n - mean) <= 0.005 + 1e-9);
    }

    private static double Weighted(PublishedRow row, IReadOnlyDictionary<string, int> counts) =>
        Columns.Sum(column => counts[column.Tag] * row[column.Column]) / Columns.Sum(column => counts[column.Tag]);

    private static string[] Unreachable(PublishedRow row, IReadOnlyDictionary<string, int> counts) =>
        [.. Columns.Where(column => !IsReachable(row[column.Column], counts[column.Tag])).Select(column => column.Column)];
}
