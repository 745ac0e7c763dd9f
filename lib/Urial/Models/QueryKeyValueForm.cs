namespace Urial;

/// <summary>How the matrices of queries, keys and values are stored.</summary>
internal enum QueryKeyValueForm
{
    /// <summary>Three matrices.</summary>
    Separate,

    /// <summary>One: all queries, then all keys, then all values.</summary>
    Fused,

    /// <summary>One: query, key and value of the first head, then those of the next.</summary>
    FusedByHead,
}
