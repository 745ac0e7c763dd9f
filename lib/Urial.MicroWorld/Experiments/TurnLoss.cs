namespace Urial.MicroWorld;

/// <summary>
/// What a conversation costs: for each query, whether something held alone and not as a later turn (1), or the other way round (−1).
/// </summary>
public sealed class TurnLoss : INamed
{
    private readonly double[] _lost; // [queries]
    private readonly bool[] _ended; // both answers did

    internal TurnLoss(string name, IReadOnlyList<MicroAnswer> alone, IReadOnlyList<MicroAnswer> turn, Func<MicroAnswer, bool> holds)
        : this(
            name, [.. alone.Zip(turn, (one, later) => (holds(one) ? 1.0 : 0) - (holds(later) ? 1 : 0))],
            [.. alone.Zip(turn, (one, later) => one.Ended && later.Ended)])
    {
    }

    private TurnLoss(string name, double[] lost, bool[] ended) => (Name, _lost, _ended) = (name, lost, ended);

    /// <summary>The way's name.</summary>
    public string Name { get; }

    /// <summary>The mean loss, and the mean without the queries where an answer did not end.</summary>
    public BothWays Mean => _ended.Any(both => both)
        ? BothWays.Of(Bootstrap.Mean(_lost), Bootstrap.Mean([.. _lost.Where((_, i) => _ended[i])]))
        : new BothWays(Bootstrap.Mean(_lost), null, _lost.Length);

    /// <summary>On how many queries it is lost, and on how many gained.</summary>
    public WinTieLose Outcomes => WinTieLose.Of(_lost);

    /// <summary>This loss less another's, query by query.</summary>
    /// <param name="other">Another way's, in the same conversations.</param>
    public TurnLoss Less(TurnLoss other) => new(
        $"{Name}, against {other.Name}", [.. _lost.Zip(other._lost, (one, two) => one - two)],
        [.. _ended.Zip(other._ended, (one, two) => one && two)]);
}
