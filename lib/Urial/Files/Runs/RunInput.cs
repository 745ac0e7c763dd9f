using System.Text.Json.Nodes;

namespace Urial;

/// <summary>
/// What a run works on: the lines of a file, of which some may fail. Those are told at once, kept by line, and stop no other.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="what">What it is, for messages.</param>
/// <param name="lines">Its lines.</param>
/// <param name="failed">Called for each line that fails, as soon as it is known.</param>
internal sealed class RunInput<T>(string file, string what, IReadOnlyList<RunLine<T>> lines, Action<RunFailure>? failed) where T : class
{
    private readonly List<RunFailure> _failures = [];

    /// <summary>All lines, in the file's order.</summary>
    public IReadOnlyList<RunLine<T>> Lines => lines;

    /// <summary>The lines that failed, in the file's order.</summary>
    public IReadOnlyList<RunFailure> Failures => [.. _failures.OrderBy(failure => failure.Line)];

    /// <summary>What can be made of each line; of those with an error, and those of which nothing can be made, the failures tell.</summary>
    /// <param name="make">Makes it, or throws what is told of the line.</param>
    public List<TMade> Prepare<TMade>(Func<RunLine<T>, T, TMade> make)
    {
        var made = new List<TMade>();
        foreach (var line in lines)
            try
            {
                made.Add(make(line, line.Item ?? throw new UrialException(line.Error!)));
            }
            catch (UrialException e)
            {
                Fail(line.Number, line.Id, e.Message);
            }
        return made;
    }

    /// <summary>Keeps a line's failure.</summary>
    public void Fail(int line, string? id, string error)
    {
        var failure = new RunFailure(line, id, error);
        _failures.Add(failure);
        failed?.Invoke(failure);
    }

    /// <summary>What is said where every line failed.</summary>
    /// <param name="done">What could not be done to them.</param>
    public UrialException Nothing(string done) => new($"None of the {lines.Count} lines of {file} could be {done}; nothing was written.");

    /// <summary>The file as a manifest names it.</summary>
    public JsonObject Source => ManifestJson.File(file, what);

    /// <summary>The failures as a manifest lists them.</summary>
    public JsonArray Failed =>
        [.. Failures.Select(failure => new JsonObject { ["line"] = failure.Line, ["id"] = failure.Id, ["error"] = failure.Error })];
}
