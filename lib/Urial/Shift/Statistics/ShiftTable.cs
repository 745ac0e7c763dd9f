namespace Urial;

/// <summary>Answers with their shifts as a table of positions, and the statistics over them.</summary>
public sealed class ShiftTable
{
    /// <summary>A table over <paramref name="answers"/>.</summary>
    /// <exception cref="UrialException">Two answers share an id: resampling over queries needs them apart.</exception>
    public ShiftTable(IReadOnlyList<ShiftedAnswer> answers)
    {
        if (answers.CountBy(a => a.Id).FirstOrDefault(group => group.Value > 1) is { Key: { } twice })
            throw new UrialException($"Two answers share the id {twice}. Ids must differ.");
        Answers = answers;
    }

    /// <summary>The answers.</summary>
    public IReadOnlyList<ShiftedAnswer> Answers { get; }

    /// <summary>Whether any position is left to count.</summary>
    public bool Any(bool withEos) => Answers.Any(a => a.Positions.Any(p => withEos || !p.IsEos));

    /// <summary>Shares and means with intervals over queries.</summary>
    /// <param name="withEos">Whether end-of-sequence tokens count. They head the paper's shifted list: look at both.</param>
    /// <param name="resamples">Bootstrap resamples.</param>
    /// <param name="level">Confidence level.</param>
    /// <param name="seed">The bootstrap's seed; every statistic sees the same resamples.</param>
    /// <exception cref="UrialException">No position is left to count.</exception>
    public ShiftSummary Summary(
        bool withEos = true, int resamples = Bootstrap.DefaultResamples, double level = Bootstrap.DefaultLevel, int seed = 0)
    {
        var counted = Answers.Where(a => a.Positions.Any(p => withEos || !p.IsEos)).ToArray();
        return counted.Length == 0
            ? throw new UrialException($"There is nothing to summarise: none of the {Answers.Count} answers has a position that counts.")
            : ShiftSummary.Of(AnswerSums.Of(counted, withEos), withEos, resamples, level, seed);
    }
}
