namespace Urial;

/// <summary>For which of its tags an example counts.</summary>
public enum TagCounting
{
    /// <summary>For every tag that it carries.</summary>
    Every,

    /// <summary>For its last tag alone: the error of the public task table, kept so that it can be shown.</summary>
    LastOnly,
}
