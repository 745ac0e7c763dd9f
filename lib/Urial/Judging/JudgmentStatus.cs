namespace Urial;

/// <summary>How the judging of an answer ended.</summary>
public enum JudgmentStatus
{
    /// <summary>The judge gave every score that it was asked for.</summary>
    Scored,

    /// <summary>It did not: nothing is scored, and a rerun tries again.</summary>
    Failed,
}
