namespace Urial;

/// <summary>How a part of one prompt stands to another prompt.</summary>
internal enum PromptChange
{
    /// <summary>In both, in the same order.</summary>
    Same,

    /// <summary>In both, but not in the same order.</summary>
    Moved,

    /// <summary>In the first only.</summary>
    OnlyFirst,

    /// <summary>In the second only.</summary>
    OnlySecond,
}
