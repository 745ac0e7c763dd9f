namespace Urial;

/// <summary>What a model pays for written answers behind a prompt, part by part.</summary>
/// <remarks>Intervals resample questions. An answer without a part pays nothing for it and counts as 0, so that parts add up.</remarks>
public sealed class SegmentArm : INamed
{
    private readonly Dictionary<AnswerSegment, (string Id, int Tokens, double Nats)[]> _parts;

    /// <summary>An arm of one side's losses.</summary>
    internal SegmentArm(string name, IReadOnlyList<SegmentLoss> rows, Func<SegmentLoss, double> nats)
    {
        Name = name;
        _parts = rows.GroupBy(row => row.Segment)
            .ToDictionary(part => part.Key, part => part.Select(row => (row.Id, row.Tokens, nats(row))).ToArray());
        Ids = [.. _parts[AnswerSegment.Body].Select(row => row.Id)];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The questions, in the run's order.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>Nats that each answer costs, one part of it. // [answers]</summary>
    public IReadOnlyList<double> Nats(AnswerSegment segment) => [.. _parts[segment].Select(row => row.Nats)];

    /// <summary>Tokens of each answer in one part. // [answers]</summary>
    public IReadOnlyList<int> Tokens(AnswerSegment segment) => [.. _parts[segment].Select(row => row.Tokens)];

    /// <summary>Nats per answer that one part costs, mean over answers; answers without it count as 0.</summary>
    public Estimate PerAnswer(AnswerSegment segment) => Bootstrap.Mean(Nats(segment));

    /// <summary>Nats per answer, all parts together; their means add up to it.</summary>
    /// <param name="withEnd">Whether the token that ends the turn counts.</param>
    public Estimate PerAnswer(bool withEnd = true) => Bootstrap.Mean(Whole(withEnd));

    /// <summary>Nats per token of one part, pooled over answers; null where no answer has it.</summary>
    public Estimate? PerToken(AnswerSegment segment) => Tokens(segment).Sum() == 0 ? null
        : Bootstrap.Ratio(Nats(segment), [.. Tokens(segment).Select(tokens => (double)tokens)]);

    /// <summary>What this arm gains on another: how many nats less the same answers cost it.</summary>
    /// <param name="reference">The other arm, such as the base model zero-shot.</param>
    /// <exception cref="UrialException">The two have other answers, or other numbers of tokens in their parts.</exception>
    public SegmentGain Over(SegmentArm reference) => SegmentGain.Of(this, reference);

    /// <summary>Nats that each answer costs as a whole. // [answers]</summary>
    internal double[] Whole(bool withEnd) =>
        [.. Ids.Select((_, i) => _parts.Where(part => withEnd || part.Key != AnswerSegment.End).Sum(part => part.Value[i].Nats))];

    /// <summary>This arm with its answers in another's order.</summary>
    /// <exception cref="UrialException">The two have not the same answers in the same tokens.</exception>
    internal SegmentArm InOrderOf(SegmentArm other)
    {
        var places = Ids.Select((id, i) => (id, i)).ToDictionary(pair => pair.id, pair => pair.i, StringComparer.Ordinal);
        if (Ids.Count != other.Ids.Count || other.Ids.FirstOrDefault(id => !places.ContainsKey(id)) is not null)
            throw new UrialException($"'{Name}' has {Ids.Count} answers and '{other.Name}' {other.Ids.Count}, or other ones: a gain needs "
                + "the same answers under both.");
        int[] order = [.. other.Ids.Select(id => places[id])];
        foreach (var (segment, rows) in _parts)
            for (var i = 0; i < order.Length; i++)
                if (rows[order[i]].Tokens != other._parts[segment][i].Tokens)
                    throw new UrialException(FormattableString.Invariant($"Answer {other.Ids[i]}, {segment.Name()}: ")
                        + FormattableString.Invariant($"{rows[order[i]].Tokens} tokens in '{Name}' and ")
                        + FormattableString.Invariant($"{other._parts[segment][i].Tokens} in '{other.Name}'. A gain needs the same tokens ")
                        + "under both: score them with one tokenizer, and with the same aligned side, whose end of turn they end with.");
        return new SegmentArm(Name, _parts, order);
    }

    private SegmentArm(string name, Dictionary<AnswerSegment, (string Id, int Tokens, double Nats)[]> parts, int[] order)
    {
        Name = name;
        _parts = parts.ToDictionary(part => part.Key, part => order.Select(i => part.Value[i]).ToArray());
        Ids = [.. _parts[AnswerSegment.Body].Select(row => row.Id)];
    }
}
