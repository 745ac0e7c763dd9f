namespace Urial;

/// <summary>How often one judge says this where another says that, with the same labels for both.</summary>
public sealed record AgreementMatrix
{
    private AgreementMatrix(string rows, string columns, IReadOnlyList<string> labels, int[][] counts) =>
        (Rows, Columns, Labels, Counts) = (rows, columns, labels, counts);

    /// <summary>The judge whose words are the rows.</summary>
    public string Rows { get; }

    /// <summary>The judge whose words are the columns.</summary>
    public string Columns { get; }

    /// <summary>What both can say, first to last.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>How often [row][column] was said.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Counts { get; }

    /// <summary>How many were judged.</summary>
    public int Total => Counts.Sum(row => row.Sum());

    /// <summary>How many got the same from both.</summary>
    public int Same => Counts.Select((row, i) => row[i]).Sum();

    /// <summary>How often the row's judge said this.</summary>
    /// <param name="row">The label's place, from 0.</param>
    public int OfRow(int row) => Counts[row].Sum();

    /// <summary>Of what the row's judge called this, the share that the column's judge called that; null where the row is empty.</summary>
    /// <param name="row">The row's label, by its place from 0.</param>
    /// <param name="column">The column's.</param>
    public double? ShareOfRow(int row, int column) => OfRow(row) > 0 ? (double)Counts[row][column] / OfRow(row) : null;

    /// <summary>Two judges' verdicts on the same comparisons: win, tie, lose.</summary>
    /// <param name="verdicts">Each comparison's query and what the two say (<see cref="ComparisonAgreement.Pair"/>).</param>
    /// <param name="first">The first judge, whose verdicts become the columns.</param>
    /// <param name="second">The second, whose verdicts become the rows.</param>
    /// <exception cref="UrialException">There are no verdicts.</exception>
    public static AgreementMatrix Of(IReadOnlyList<(string Query, PairwiseOutcome First, PairwiseOutcome Second)> verdicts,
        string first, string second) =>
        Counted([.. verdicts.Select(verdict => ((int)verdict.Second, (int)verdict.First))], ["win", "tie", "lose"], second, first);

    /// <summary>Two judges' scores of the same answers in one aspect, 1 to 5; an answer without one of the two is left out.</summary>
    /// <param name="judgments">Both judges' judgments of each answer.</param>
    /// <param name="aspect">The aspect.</param>
    /// <param name="first">The first judge, whose scores become the columns.</param>
    /// <param name="second">The second, whose scores become the rows.</param>
    /// <exception cref="UrialException">There is no answer that both have scored.</exception>
    /// <exception cref="ArgumentException">Two judgments are of different answers.</exception>
    public static AgreementMatrix Of(IReadOnlyList<(Judgment First, Judgment Second)> judgments, Aspect aspect, string first, string second)
    {
        if (judgments.FirstOrDefault(pair => pair.First.Id != pair.Second.Id) is { First: { } odd } mixed)
            throw new ArgumentException($"{odd.Id} and {mixed.Second.Id} are different answers: judgments must come in pairs.",
                nameof(judgments));
        return Counted(
            [.. judgments.Select(pair => (pair.Second.Scores.GetValueOrDefault(aspect), pair.First.Scores.GetValueOrDefault(aspect)))
                .Where(pair => pair is ({ }, { })).Select(pair => (pair.Item1!.Value - 1, pair.Item2!.Value - 1))],
            ["1", "2", "3", "4", "5"], second, first);
    }

    private static AgreementMatrix Counted(IReadOnlyList<(int Row, int Column)> said, string[] labels, string rows, string columns)
    {
        if (said.Count == 0)
            throw new UrialException($"There is nothing that both {rows} and {columns} have judged.");
        var counts = labels.Select(_ => new int[labels.Length]).ToArray();
        foreach (var (row, column) in said)
            counts[row][column]++;
        return new AgreementMatrix(rows, columns, labels, counts);
    }
}
