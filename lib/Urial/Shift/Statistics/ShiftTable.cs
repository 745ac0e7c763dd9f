using Microsoft.Data.Analysis;

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

    /// <summary>
    /// One row for each position of each answer: the columns of <c>positions.jsonl</c> less the top tokens, with tokens as
    /// a reader sees them, and a column <c>label</c> where some answer has labels.
    /// </summary>
    public DataFrame Positions()
    {
        var rows = Answers.SelectMany(a => a.Positions.Select((p, i) => (Answer: a, Shift: p, Index: i))).ToArray();
        var frame = new DataFrame(
            new StringDataFrameColumn("id", rows.Select(r => r.Answer.Id)),
            new Int32DataFrameColumn("position", rows.Select(r => r.Shift.Position)),
            new Int32DataFrameColumn("token_id", rows.Select(r => r.Shift.TokenId)),
            new StringDataFrameColumn("token", rows.Select(r => r.Answer.Tokens[r.Index].Shown)),
            new Int32DataFrameColumn("base_rank", rows.Select(r => r.Shift.BaseRank)),
            new DoubleDataFrameColumn("base_prob", rows.Select(r => r.Shift.BaseProbability)),
            new DoubleDataFrameColumn("aligned_prob", rows.Select(r => r.Shift.AlignedProbability)),
            new DoubleDataFrameColumn("kl_aligned_base", rows.Select(r => r.Shift.KlAlignedBase)),
            new DoubleDataFrameColumn("kl_base_aligned", rows.Select(r => r.Shift.KlBaseAligned)),
            new DoubleDataFrameColumn("js", rows.Select(r => r.Shift.Js)),
            new DoubleDataFrameColumn("base_entropy", rows.Select(r => r.Shift.BaseEntropy)),
            new DoubleDataFrameColumn("aligned_entropy", rows.Select(r => r.Shift.AlignedEntropy)),
            new StringDataFrameColumn("class", rows.Select(r => r.Shift.Class.Name())),
            new Int32DataFrameColumn("aligned_argmax_id", rows.Select(r => r.Shift.AlignedArgmaxId)),
            new BooleanDataFrameColumn("is_eos", rows.Select(r => r.Shift.IsEos)));
        if (Answers.Any(a => a.Labels is not null))
            frame.Columns.Add(new StringDataFrameColumn("label", rows.Select(r => r.Answer.Labels?[r.Index])));
        return frame;
    }

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
        PositionShift[][] answers = [.. counted.Select(a => a.Positions.Where(p => withEos || !p.IsEos).ToArray())];
        if (answers.Length == 0)
            throw new UrialException($"There is nothing to summarise: none of the {Answers.Count} answers has a position that counts.");
        double[] counts = [.. answers.Select(positions => (double)positions.Length)];
        return new ShiftSummary
        {
            WithEos = withEos,
            Positions = answers.Sum(positions => positions.Length),
            Answers = answers.Length,
            NotEnded = counted.NotEnded(),
            Micro = Shares(shift => Pooled(p => p.Class == shift ? 1 : 0)),
            Macro = Shares(shift => Bootstrap.Mean(
                [.. answers.Select(positions => positions.Count(p => p.Class == shift) / (double)positions.Length)], resamples, level, seed)),
            MeanKlAlignedBase = Pooled(p => p.KlAlignedBase),
            MeanKlBaseAligned = Pooled(p => p.KlBaseAligned),
            MeanJs = Pooled(p => p.Js),
            MeanBaseRank = Pooled(p => p.BaseRank),
            MeanBaseProbability = Pooled(p => p.BaseProbability),
        };

        // A mean over pooled positions is a ratio of sums over answers.
        Estimate Pooled(Func<PositionShift, double> value) =>
            Bootstrap.Ratio([.. answers.Select(positions => positions.Sum(value))], counts, resamples, level, seed);
    }

    private static ShiftShares Shares(Func<ShiftClass, Estimate> share) =>
        new(share(ShiftClass.Unshifted), share(ShiftClass.Marginal), share(ShiftClass.Shifted));
}
