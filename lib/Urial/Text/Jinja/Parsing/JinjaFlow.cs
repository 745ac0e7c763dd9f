namespace Urial;

/// <summary>What comes after a statement.</summary>
internal enum JinjaFlow
{
    /// <summary>The next statement.</summary>
    Next,

    /// <summary>The end of the loop.</summary>
    Break,

    /// <summary>The loop's next item.</summary>
    Continue,
}
