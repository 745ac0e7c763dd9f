using System.Text.Json;
using System.Text.Json.Serialization;

namespace Urial;

/// <summary>A training curve on disk, a JSON line per point, that survives a killed run without gaps or repeats.</summary>
public sealed class TrainingCurve : IDisposable
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly string _file;
    private readonly int _every;
    private readonly List<TrainingPoint> _points;

    /// <summary>Opens the curve, or begins it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="every">Steps between writes: the checkpoint interval, so that curve and checkpoint agree.</param>
    public TrainingCurve(string file, int every) => (_file, _every, _points) = (file, every, [.. File.Exists(file) ? Read(file) : []]);

    /// <summary>Adds a point; points of a stretch that is run again are replaced.</summary>
    public void Add(TrainingPoint point)
    {
        _points.RemoveAll(p => p.Step >= point.Step);
        _points.Add(point);
        if (point.Step % _every == 0)
            Write();
    }

    /// <summary>Whether there is a point of every step up to one.</summary>
    internal bool Covers(int step) =>
        _points.Select(point => point.Step).Where(known => known <= step).SequenceEqual(Enumerable.Range(1, step));

    /// <summary>Reads a stored curve.</summary>
    /// <exception cref="UrialException">A line is no point of a curve.</exception>
    public static IReadOnlyList<TrainingPoint> Read(string file) =>
        [.. InputFile.Lines(file, "training curve").Select((line, i) => Parse(file, i + 1, line))];

    /// <inheritdoc/>
    public void Dispose() => Write();

    /// <summary>Writes all points.</summary>
    public void Write() =>
        AtomicFile.WriteText(_file, string.Concat(_points.Select(p => JsonSerializer.Serialize(p, Layout) + "\n")));

    private static TrainingPoint Parse(string file, int number, string line)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingPoint>(line, Layout) is { Step: > 0, Stage: not null } point ? point
                : throw new JsonException("it has no stage or no step");
        }
        catch (JsonException e)
        {
            throw new UrialException(
                $"{file}, line {number}: not a point of a training curve ({e.Message}). Restore the file, or train anew.", e);
        }
    }
}
