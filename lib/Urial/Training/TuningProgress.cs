namespace Urial;

/// <summary>How far a tuning run came.</summary>
/// <param name="Steps">Steps done.</param>
/// <param name="Tokens">Answer tokens seen.</param>
public sealed record TuningProgress(int Steps, long Tokens)
{
    /// <summary>The step whose parameters were kept, where the loss on other examples was measured.</summary>
    public int? Best { get; init; }

    /// <summary>Their loss there, nats per answer token.</summary>
    public double? DevLoss { get; init; }
}
