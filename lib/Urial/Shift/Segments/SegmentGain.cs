using Microsoft.Data.Analysis;

namespace Urial;

/// <summary>
/// How many nats less the same written answers cost one arm than another, and where in the answers that gain lies. The superficial
/// alignment hypothesis says: in opener and closer.
/// </summary>
/// <remarks>
/// Numbers are paired by question, and intervals resample questions. A share is the sum of a part's gains over the sum of all parts'
/// (opener, body, closer and, where asked for, end of turn). A part may lose, so that shares can lie below 0 or above 1, though they add up
/// to 1; resamples in which nothing is gained on the whole say nothing of a share and are left out of its interval.
/// </remarks>
public sealed class SegmentGain : INamed
{
    private readonly Dictionary<AnswerSegment, double[]> _gains; // nats, by answer
    private readonly Dictionary<AnswerSegment, double[]> _tokens;
    private readonly Dictionary<AnswerSegment, Estimate?> _withEnd;
    private readonly Dictionary<AnswerSegment, Estimate?> _withoutEnd;

    private SegmentGain(SegmentArm arm, SegmentArm reference)
    {
        (Name, Reference, Ids) = (arm.Name, reference.Name, reference.Ids);
        _gains = AnswerSegmentNames.All.ToDictionary(
            part => part, part => reference.Nats(part).Zip(arm.Nats(part), (before, after) => before - after).ToArray());
        _tokens = AnswerSegmentNames.All.ToDictionary(part => part, part => arm.Tokens(part).Select(count => (double)count).ToArray());
        (_withEnd, _withoutEnd) = (Shares([.. AnswerSegmentNames.All]),
            Shares([.. AnswerSegmentNames.All.Where(part => part != AnswerSegment.End)]));
    }

    /// <summary>The arm that gains.</summary>
    public string Name { get; }

    /// <summary>The arm that it is compared with.</summary>
    public string Reference { get; }

    /// <summary>The questions.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>The gain of an arm on another.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="reference">What it is compared with.</param>
    /// <exception cref="UrialException">The two have not the same answers in the same tokens.</exception>
    public static SegmentGain Of(SegmentArm arm, SegmentArm reference) => new(arm.InOrderOf(reference), reference);

    /// <summary>Nats per answer gained in one part, mean over answers; answers without it count as 0. Negative: lost.</summary>
    public Estimate PerAnswer(AnswerSegment segment) => Bootstrap.Mean(_gains[segment]);

    /// <summary>Nats per answer gained in all parts; their means add up to it.</summary>
    /// <param name="withEnd">Whether the token that ends the turn counts.</param>
    public Estimate PerAnswer(bool withEnd = true) => Bootstrap.Mean(
        [.. Ids.Select((_, i) => _gains.Where(part => withEnd || part.Key != AnswerSegment.End).Sum(part => part.Value[i]))]);

    /// <summary>Nats per token gained in one part, pooled over answers; null where no answer has it.</summary>
    public Estimate? PerToken(AnswerSegment segment) =>
        _tokens[segment].Sum() == 0 ? null : Bootstrap.Ratio(_gains[segment], _tokens[segment]);

    /// <summary>The part of the whole gain that lies in one part of the answers; null where nothing is gained on the whole.</summary>
    /// <param name="segment">The part.</param>
    /// <param name="withEnd">Whether the token that ends the turn counts to the whole; without it, it has no share.</param>
    public Estimate? Share(AnswerSegment segment, bool withEnd = false) => (withEnd ? _withEnd : _withoutEnd).GetValueOrDefault(segment);

    /// <summary>How many nats per token more one part gains than another; null where no answer has one of them.</summary>
    /// <param name="segment">The part.</param>
    /// <param name="other">What it is compared with.</param>
    public Estimate? PerTokenLead(AnswerSegment segment, AnswerSegment other)
    {
        return _tokens[segment].Sum() == 0 || _tokens[other].Sum() == 0 ? null
            : Bootstrap.Many(Ids.Count, 1, (drawn, values) => values[0] = Rate(segment, drawn) - Rate(other, drawn))[0];

        double Rate(AnswerSegment part, IReadOnlyList<int> drawn) => Drawn(_gains[part], drawn) / Drawn(_tokens[part], drawn);
    }

    /// <summary>
    /// This gain, end of turn left out, as a part of another's on the same reference; null where the other gains nothing on the whole.
    /// </summary>
    /// <param name="other">The gain of another arm.</param>
    /// <exception cref="UrialException">The two have other answers, or another reference.</exception>
    public Estimate? ShareOf(SegmentGain other)
    {
        if (Reference != other.Reference || !Ids.SequenceEqual(other.Ids))
            throw new UrialException($"The gains of '{Name}' on '{Reference}' and of '{other.Name}' on '{other.Reference}' cannot be set "
                + "against each other: they need one reference and the same answers.");
        return Bootstrap.Many(Ids.Count, 1, (drawn, values) =>
        {
            var whole = Words(other, drawn);
            values[0] = whole > 0 ? Words(this, drawn) / whole : double.NaN;
        })[0];

        static double Words(SegmentGain gain, IReadOnlyList<int> drawn) =>
            gain._gains.Where(part => part.Key != AnswerSegment.End).Sum(part => Drawn(part.Value, drawn));
    }

    /// <summary>
    /// One row for each arm and part: <c>arm, reference, segment, answers, tokens, nats_per_answer, nats_per_token, share,
    /// share_with_end</c>, each number with <c>_low</c> and <c>_high</c> of its interval; empty where there is none.
    /// </summary>
    public static DataFrame ToFrame(IReadOnlyList<SegmentGain> gains)
    {
        (SegmentGain Gain, AnswerSegment Part)[] rows = [.. gains.SelectMany(gain => AnswerSegmentNames.All.Select(part => (gain, part)))];
        return new DataFrame(
        [
            new StringDataFrameColumn("arm", rows.Select(row => row.Gain.Name)),
            new StringDataFrameColumn("reference", rows.Select(row => row.Gain.Reference)),
            new StringDataFrameColumn("segment", rows.Select(row => row.Part.Name())),
            new Int32DataFrameColumn("answers", rows.Select(row => row.Gain.Ids.Count)),
            new Int32DataFrameColumn("tokens", rows.Select(row => (int)row.Gain._tokens[row.Part].Sum())),
            .. Number("nats_per_answer", row => row.Gain.PerAnswer(row.Part)),
            .. Number("nats_per_token", row => row.Gain.PerToken(row.Part)),
            .. Number("share", row => row.Gain.Share(row.Part)),
            .. Number("share_with_end", row => row.Gain.Share(row.Part, withEnd: true)),
        ]);

        IEnumerable<DataFrameColumn> Number(string name, Func<(SegmentGain Gain, AnswerSegment Part), Estimate?> of)
        {
            Estimate?[] all = [.. rows.Select(of)];
            yield return new DoubleDataFrameColumn(name, all.Select(one => one?.Value));
            yield return new DoubleDataFrameColumn($"{name}_low", all.Select(one => one?.Interval.Low));
            yield return new DoubleDataFrameColumn($"{name}_high", all.Select(one => one?.Interval.High));
        }
    }

    private static double Drawn(double[] values, IReadOnlyList<int> drawn) => values.Select((value, i) => drawn[i] * value).Sum();

    private Dictionary<AnswerSegment, Estimate?> Shares(AnswerSegment[] parts)
    {
        var sums = new double[parts.Length];
        var shares = Bootstrap.Many(Ids.Count, parts.Length, (drawn, values) =>
        {
            for (var p = 0; p < parts.Length; p++)
            {
                sums[p] = 0;
                for (var i = 0; i < drawn.Length; i++)
                    sums[p] += drawn[i] * _gains[parts[p]][i];
            }
            var whole = sums.Sum();
            for (var p = 0; p < parts.Length; p++)
                values[p] = whole > 0 ? sums[p] / whole : double.NaN;
        });
        return parts.Select((part, p) => (part, shares[p])).ToDictionary(pair => pair.part, pair => pair.Item2);
    }
}
