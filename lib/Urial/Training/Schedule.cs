namespace Urial;

/// <summary>The learning rate by step: in each cycle a linear warm-up, a plateau, a linear fall to a small remainder.</summary>
public sealed class Schedule
{
    /// <summary>What is left of a cycle's rate at its very end.</summary>
    public const double Remainder = 0.02;

    private readonly List<(int From, int To, TrainingCycle Cycle)> _cycles = [];
    private readonly int _warmUp;

    /// <summary>A schedule.</summary>
    /// <param name="cycles">The cycles.</param>
    /// <param name="tokensPerStep">Tokens in a step.</param>
    /// <param name="warmUp">Steps of each cycle until its plateau.</param>
    /// <exception cref="ArgumentException">There is no cycle, or one has no step.</exception>
    public Schedule(IReadOnlyList<TrainingCycle> cycles, long tokensPerStep, int warmUp)
    {
        _warmUp = warmUp;
        long tokens = 0;
        foreach (var cycle in cycles)
        {
            tokens += cycle.Tokens;
            var to = (int)(tokens / tokensPerStep);
            if (to <= Steps)
                throw new ArgumentException($"A cycle of {cycle.Tokens} tokens holds no step of {tokensPerStep}.", nameof(cycles));
            _cycles.Add((Steps, to, cycle));
        }
        if (cycles.Count == 0)
            throw new ArgumentException("A schedule needs at least one cycle.", nameof(cycles));
    }

    /// <summary>Steps in all.</summary>
    public int Steps => _cycles.Count == 0 ? 0 : _cycles[^1].To;

    /// <summary>The rate of a step, counted from 0.</summary>
    public double Rate(int step)
    {
        var (from, to, cycle) = _cycles.Find(c => step < c.To) is { Cycle: not null } found ? found : _cycles[^1];
        var warm = Math.Min(1.0, (step - from + 1.0) / Math.Max(1, _warmUp));
        var left = cycle.DecayShare <= 0 ? 1.0 : (1.0 - (double)(step - from) / (to - from)) / cycle.DecayShare;
        return cycle.Rate * warm * Math.Clamp(left, Remainder, 1.0);
    }
}
