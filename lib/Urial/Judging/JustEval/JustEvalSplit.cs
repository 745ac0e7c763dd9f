namespace Urial;

/// <summary>The two parts of Just-Eval.</summary>
public enum JustEvalSplit
{
    /// <summary>800 examples, judged on five aspects.</summary>
    General,

    /// <summary>200 examples (ids 800 to 999), judged on safety alone, with its own rubric.</summary>
    Safety,
}
