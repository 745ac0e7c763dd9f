namespace Urial;

/// <summary>How a run's positions are stored.</summary>
public enum PositionsFormat
{
    /// <summary><c>positions.parquet</c>: typed columns, small.</summary>
    Parquet,

    /// <summary>The same with numbers as 32-bit floats (seven digits), packed more tightly: half the size.</summary>
    Compact,

    /// <summary><c>positions.jsonl</c>: one JSON object a line.</summary>
    Jsonl,
}
