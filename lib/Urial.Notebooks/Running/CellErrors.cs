using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Urial.Notebooks;

/// <summary>
/// Turns compiler messages and exceptions into error outputs that name notebook, cell and line, quote the line,
/// and hold nothing of this machine: no folders, no clock.
/// </summary>
internal sealed class CellErrors
{
    private readonly string _notebook;
    private readonly string _folder;
    private readonly IReadOnlyList<string> _sources;

    /// <param name="notebook">The notebook's file name.</param>
    /// <param name="folder">Its folder, which is cut out of messages.</param>
    /// <param name="sources">The sources of the code cells, first to last.</param>
    public CellErrors(string notebook, string folder, IReadOnlyList<string> sources)
    {
        _notebook = notebook;
        _folder = folder;
        _sources = sources;
    }

    public (ErrorOutput Output, CellFailure Failure) Compilation(int cell, ImmutableArray<Diagnostic> diagnostics)
    {
        var traceback = new List<string>();
        foreach (var diagnostic in diagnostics.Take(10))
        {
            var at = diagnostic.Location.GetLineSpan().StartLinePosition;
            traceback.Add($"{CellPlace.Of(_notebook, cell, at.Line + 1)}: error {diagnostic.Id}: {Clean(diagnostic.GetMessage())}");
            if (Quote(cell, at.Line + 1) is { } line)
                traceback.AddRange([$"    {line}", $"    {new string(' ', Math.Min(at.Character, line.Length))}^"]);
        }
        var first = diagnostics[0];
        var message = $"{first.Id}: {Clean(first.GetMessage())}";
        var failure = new CellFailure(_notebook, cell, first.Location.GetLineSpan().StartLinePosition.Line + 1, "CompilationError", message);
        return (new ErrorOutput(failure.Name, message, traceback), failure);
    }

    public (ErrorOutput Output, CellFailure Failure) Refusal(int cell, int line, string message)
    {
        var failure = new CellFailure(_notebook, cell, line, nameof(UrialException), message);
        var traceback = new List<string> { failure.Place + ":" };
        if (Quote(cell, line) is { } quoted)
            traceback.Add($"    {quoted}");
        traceback.Add(message);
        return (new ErrorOutput(failure.Name, message, traceback), failure);
    }

    public (ErrorOutput Output, CellFailure Failure) Thrown(int cell, Exception exception)
    {
        // What Task.Wait and reflection wrap around the error is no news to the reader.
        while (exception is AggregateException { InnerExceptions.Count: 1 } or System.Reflection.TargetInvocationException { InnerException: not null })
            exception = exception.InnerException!;

        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
        var inCells = frames.Where(f => CellPlace.CellOf(f.GetFileName()) is not null).ToList();
        var line = inCells.LastOrDefault(f => CellPlace.CellOf(f.GetFileName()) == cell)?.GetFileLineNumber();
        var failure = new CellFailure(_notebook, cell, line, exception.GetType().Name, Clean(exception.Message));

        var traceback = new List<string> { $"{exception.GetType().Name}: {Clean(exception.Message)}" };
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
            traceback.Add($"  because of {inner.GetType().Name}: {Clean(inner.Message)}");
        foreach (var frame in frames)
            if (Describe(frame) is { } description && traceback[^1] != description)
                traceback.Add(description);
        if (inCells.Count == 0)
            traceback.Add($"  at {failure.Place}");
        return (new ErrorOutput(failure.Name, failure.Message, traceback), failure);
    }

    private string? Describe(StackFrame frame)
    {
        if (CellPlace.CellOf(frame.GetFileName()) is { } cell)
        {
            var quoted = Quote(cell, frame.GetFileLineNumber());
            return $"  at {CellPlace.Of(_notebook, cell, frame.GetFileLineNumber())}{(quoted is null ? "" : $": {quoted.Trim()}")}";
        }
        // Only our own library's methods help: what lies between is the runtime's and Roslyn's machinery.
        var type = frame.GetMethod()?.DeclaringType;
        while (type?.Name.Contains('<', StringComparison.Ordinal) == true)
            type = type.DeclaringType;
        return type?.Namespace is { } space && space.StartsWith("Urial", StringComparison.Ordinal) && type.Assembly != typeof(CellErrors).Assembly
            ? $"  at {type.Name}.{MethodName(frame)}"
            : null;
    }

    private static string MethodName(StackFrame frame)
    {
        var method = frame.GetMethod()!;
        // An async method or a lambda: its name stands between angle brackets, in its own name or its state machine's.
        var name = method.Name == "MoveNext" ? method.DeclaringType!.Name : method.Name;
        var (start, end) = (name.IndexOf('<', StringComparison.Ordinal), name.IndexOf('>', StringComparison.Ordinal));
        return start >= 0 && end > start + 1 ? name[(start + 1)..end] : name;
    }

    private string? Quote(int cell, int line)
    {
        if (cell < 1 || cell > _sources.Count)
            return null;
        var lines = _sources[cell - 1].Split('\n');
        return line >= 1 && line <= lines.Length && lines[line - 1].Trim().Length > 0 ? lines[line - 1] : null;
    }

    private string Clean(string message)
    {
        foreach (var folder in new[] { _folder, Repository.Root })
            message = message.Replace(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        return message.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
    }
}
