namespace Urial;

/// <summary>What the ids of a file's records may be.</summary>
public enum JsonIds
{
    /// <summary>Records have none, or theirs need not differ.</summary>
    None,

    /// <summary>Each has a string of its own.</summary>
    Text,

    /// <summary>Each has a string or a whole number of its own, as in just-eval.</summary>
    TextOrNumber,
}
