using System.Globalization;

namespace Urial.Notebooks;

/// <summary>
/// Turns compiler messages and exceptions into error outputs that name notebook, cell and line, quote the line,
/// and hold nothing of this machine: no folders, no clock.
/// </summary>
internal sealed class CellErrors
{
    private const int MostCompilerErrors = 10;

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

    /// <summary>A cell that does not compile.</summary>
    /// <param name="cell">Its number.</param>
    /// <param name="texts">The texts of <see cref="HostMessageKind.NotCompiled"/>.</param>
    public (ErrorOutput Output, CellFailure Failure) NotCompiled(int cell, IReadOnlyList<string> texts)
    {
        var traceback = new List<string>();
        foreach (var error in texts.Chunk(4).Take(MostCompilerErrors))
        {
            var (line, column) = (Number(error[1]), Number(error[2]));
            traceback.Add($"{CellPlace.Of(_notebook, cell, line)}: error {error[0]}: {Clean(error[3])}");
            if (Quote(cell, line) is { } quoted)
                traceback.AddRange([$"    {quoted}", $"    {new string(' ', Math.Min(column - 1, quoted.Length))}^"]);
        }
        var message = $"{texts[0]}: {Clean(texts[3])}";
        var failure = new CellFailure(_notebook, cell, Number(texts[1]), "CompilationError", message);
        return (new ErrorOutput(failure.Name, message, traceback), failure);
    }

    /// <summary>A cell that is not run, and why.</summary>
    public (ErrorOutput Output, CellFailure Failure) Refusal(int cell, int line, string message)
    {
        var failure = new CellFailure(_notebook, cell, line, nameof(UrialException), message);
        var traceback = new List<string> { failure.Place + ":" };
        if (Quote(cell, line) is { } quoted)
            traceback.Add($"    {quoted}");
        traceback.Add(message);
        return (new ErrorOutput(failure.Name, message, traceback), failure);
    }

    /// <summary>A cell that was ended from outside.</summary>
    public (ErrorOutput Output, CellFailure Failure) Ended(int cell, string name, string message)
    {
        var failure = new CellFailure(_notebook, cell, null, name, message);
        return (new ErrorOutput(name, message, [.. $"{failure.Place}: {message}".Split('\n')]), failure);
    }

    /// <summary>A cell that an exception ended.</summary>
    /// <param name="cell">Its number.</param>
    /// <param name="texts">The texts of <see cref="HostMessageKind.Thrown"/>.</param>
    public (ErrorOutput Output, CellFailure Failure) Thrown(int cell, IReadOnlyList<string> texts)
    {
        var exceptions = texts.Skip(1).Take(2 * Number(texts[0])).Chunk(2).Select(e => (Name: e[0], Message: Clean(e[1]))).ToList();
        var frames = texts.Skip(1 + 2 * exceptions.Count).ToList();
        var places = frames.Select(Place).OfType<(int Cell, int Line)>().ToList();
        int? line = places.Any(p => p.Cell == cell) ? places.Last(p => p.Cell == cell).Line : null;
        var failure = new CellFailure(_notebook, cell, line, exceptions[0].Name, exceptions[0].Message);

        var traceback = new List<string> { $"{failure.Name}: {failure.Message}" };
        traceback.AddRange(exceptions.Skip(1).Select(e => $"  because of {e.Name}: {e.Message}"));
        foreach (var frame in frames.Select(Describe))
            if (traceback[^1] != frame)
                traceback.Add(frame);
        if (places.Count == 0)
            traceback.Add($"  at {failure.Place}");
        return (new ErrorOutput(failure.Name, failure.Message, traceback), failure);
    }

    private string Describe(string frame)
    {
        if (Place(frame) is not var (cell, line))
            return $"  at {frame}";
        var quoted = Quote(cell, line);
        return $"  at {CellPlace.Of(_notebook, cell, line)}{(quoted is null ? "" : $": {quoted.Trim()}")}";
    }

    /// <summary>The cell and line of a frame within a cell; null for one within the library.</summary>
    private static (int Cell, int Line)? Place(string frame)
    {
        var parts = frame.Split(':');
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var cell)
            ? (cell, Number(parts[1])) : null;
    }

    private string? Quote(int cell, int line)
    {
        if (cell < 1 || cell > _sources.Count)
            return null;
        var lines = _sources[cell - 1].Split('\n');
        return line >= 1 && line <= lines.Length && lines[line - 1].Trim().Length > 0 ? CellText.Of(lines[line - 1]) : null;
    }

    private string Clean(string message)
    {
        foreach (var folder in new[] { _folder, Repository.Root })
            message = message.Replace(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, "",
                StringComparison.Ordinal);
        return CellText.Of(message);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
