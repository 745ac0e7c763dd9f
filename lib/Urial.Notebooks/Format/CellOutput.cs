namespace Urial.Notebooks;

/// <summary>
/// One output of a code cell: a <see cref="StreamOutput"/>, a <see cref="DisplayOutput"/> or an <see cref="ErrorOutput"/>.
/// </summary>
public abstract record CellOutput;
