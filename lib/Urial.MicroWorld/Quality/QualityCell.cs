using System.Text.Json.Serialization;

namespace Urial.MicroWorld;

/// <summary>One measured proportion: how often a model did one thing in one setting.</summary>
public sealed record QualityCell
{
    /// <summary>A cell from its counts.</summary>
    /// <exception cref="ArgumentException">The counts are not a proportion.</exception>
    [JsonConstructor]
    public QualityCell(string group, string name, int n, int hits, QualityTarget? target, IReadOnlyList<QualityFailure> failures)
    {
        var interval = Wilson.Of(hits, n);
        (Group, Name, N, Hits, Target, Failures, Low, High) = (group, name, n, hits, target, failures, interval.Low, interval.High);
    }

    /// <summary>What kind of thing is measured: facts, copying, safety ….</summary>
    public string Group { get; }

    /// <summary>The setting, unique within the report.</summary>
    public string Name { get; }

    /// <summary>How many trials.</summary>
    public int N { get; }

    /// <summary>In how many of them the model did it.</summary>
    public int Hits { get; }

    /// <summary>Hits / n.</summary>
    public double Rate => (double)Hits / N;

    /// <summary>The low end of the 95 % Wilson interval.</summary>
    public double Low { get; }

    /// <summary>The high end of the 95 % Wilson interval.</summary>
    public double High { get; }

    /// <summary>The rate with that interval.</summary>
    [JsonIgnore]
    public Estimate Estimate => new(Rate, new Interval(Low, High, Bootstrap.DefaultLevel), N);

    /// <summary>What the rate should reach, or null for a cell that only informs.</summary>
    public QualityTarget? Target { get; }

    /// <summary>Whether the rate meets the target; true without one.</summary>
    public bool Met => Target?.MetBy(Rate) ?? true;

    /// <summary>Up to five trials that went against the target (misses, or hits where the target is an upper bound).</summary>
    public IReadOnlyList<QualityFailure> Failures { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Rate:0.000} [{Low:0.000}, {High:0.000}] n={N}");
}
