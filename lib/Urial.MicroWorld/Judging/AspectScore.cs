namespace Urial.MicroWorld;

/// <summary>One aspect's score with its reason.</summary>
public sealed record AspectScore
{
    /// <summary>A score.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is not between 1 and 5.</exception>
    public AspectScore(Aspect aspect, int score, string reason)
    {
        if (score is < 1 or > 5)
            throw new ArgumentOutOfRangeException(nameof(score), score, $"{aspect} is scored from 1 to 5.");
        (Aspect, Score, Reason) = (aspect, score, reason);
    }

    /// <summary>The aspect.</summary>
    public Aspect Aspect { get; }

    /// <summary>1 (worst) to 5.</summary>
    public int Score { get; }

    /// <summary>Why, in a sentence.</summary>
    public string Reason { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Aspect} {Score}: {Reason}";
}
