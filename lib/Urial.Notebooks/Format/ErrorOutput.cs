namespace Urial.Notebooks;

/// <summary>The error that ended a cell.</summary>
/// <param name="Name">The exception's type, or <c>CompilationError</c>.</param>
/// <param name="Message">Its message.</param>
/// <param name="Traceback">Lines that say where: notebook, cell, line.</param>
public sealed record ErrorOutput(string Name, string Message, IReadOnlyList<string> Traceback) : CellOutput;
