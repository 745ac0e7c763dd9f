namespace Urial;

/// <summary>How a run's positions are stored.</summary>
public enum PositionsFormat
{
    /// <summary><c>positions.parquet</c>: typed columns, small.</summary>
    Parquet,

    /// <summary><c>positions.jsonl</c>: one JSON object a line.</summary>
    Jsonl,
}
