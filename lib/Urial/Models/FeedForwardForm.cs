namespace Urial;

/// <summary>What a feed-forward block computes.</summary>
internal enum FeedForwardForm
{
    /// <summary>down(act(gate(x)) · up(x)), with two matrices.</summary>
    Gated,

    /// <summary>The same, with gate above up in one matrix.</summary>
    FusedGate,

    /// <summary>down(act(up(x))).</summary>
    Plain,
}
