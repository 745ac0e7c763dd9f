namespace Urial;

/// <summary>How the public Just-Eval leaderboard was cut.</summary>
public enum LeaderboardCut
{
    /// <summary>By aspect.</summary>
    Aspect,

    /// <summary>By aspect, over the lite subset.</summary>
    LiteAspect,

    /// <summary>By the source of the examples.</summary>
    Dataset,

    /// <summary>By task: helpfulness alone, each example counted only for its last tag.</summary>
    Task,
}
