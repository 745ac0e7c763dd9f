using System.Text.Json;

namespace Urial;

/// <summary>
/// A folder that <c>urial shift</c> wrote, whole: its manifest, its summary and its answers, with the queries where they can be had. Each
/// file is held to its hash in the manifest, and the counts of all to each other.
/// </summary>
public sealed record StoredRun
{
    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>What the run was made from: <c>manifest.json</c>.</summary>
    public required JsonElement Manifest { get; init; }

    /// <summary>What it says together: <c>summary.json</c>.</summary>
    public required JsonElement Summary { get; init; }

    /// <summary>The answers in the order in which they were scored.</summary>
    public required IReadOnlyList<ShiftedAnswer> Answers { get; init; }

    /// <summary>What is missing of the run and how it can be had, each in a sentence.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Reads a run.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="queries">The file of queries; null: the one that the manifest names, where it is there and the same.</param>
    /// <exception cref="UrialException">
    /// The folder holds no run, a file of it is missing, damaged or another than the manifest names, or its files do not fit together.
    /// </exception>
    public static StoredRun Read(string folder, string? queries = null)
    {
        if (!Directory.Exists(folder))
            throw new UrialException(File.Exists(folder)
                ? $"{folder} is a file, and a run is a folder: name the one that `urial shift --out` wrote."
                : $"There is no folder {folder}: name the one that `urial shift --out` wrote.");
        var manifest = Manifested(folder);
        try
        {
            var notes = new List<string>();
            var hashes = manifest.GetProperty("files_sha256");
            var stored = RunTokens.Stored(folder, hashes);
            var rows = Positions(folder, hashes, stored);
            var tokens = RunTokens.Of(folder, manifest, rows, stored, notes);
            var asked = RunQueries.Of(folder, manifest, queries, notes);
            var cut = manifest.GetProperty("not_ended").EnumerateArray().Select(id => id.GetString()!).ToHashSet(StringComparer.Ordinal);
            var run = new StoredRun
            {
                Folder = folder,
                Manifest = manifest,
                Summary = InputFile.Json(Path.Combine(folder, "summary.json"), "summary"),
                Answers = [.. rows.GroupBy(row => row.Id)
                    .Select(of => StoredShifts.Answer(of.Key, InOrder(folder, of.Key, [.. of.Select(row => row.Shift)]), tokens, asked,
                        !cut.Contains(of.Key)))],
                Notes = notes,
            };
            run.CheckCounts();
            return run;
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new UrialException($"{Path.Combine(folder, "manifest.json")} is not as `urial shift` writes it ({e.Message}). Make the "
                + "run again, or restore it from git.", e);
        }
    }

    private static JsonElement Manifested(string folder)
    {
        var path = Path.Combine(folder, "manifest.json");
        if (!Path.Exists(path))
            throw new UrialException($"{folder} has no manifest.json, which every run of `urial shift` has: name the folder that its "
                + "--out wrote.");
        var manifest = InputFile.Json(path, "manifest");
        var kind = manifest.ValueKind == JsonValueKind.Object && manifest.TryGetProperty("kind", out var named)
            && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        return kind == "urial-shift" ? manifest
            : throw new UrialException($"{path} is {(kind is null ? "no manifest of a run" : $"the manifest of {kind}")}, and only runs of "
                + "`urial shift` can be shown: name the folder that its --out wrote.");
    }

    private static IReadOnlyList<(string Id, string Token, PositionShift Shift)> Positions(
        string folder, JsonElement hashes, IReadOnlyDictionary<int, (TokenText Text, byte[] Bytes)>? tokens)
    {
        var lines = !hashes.TryGetProperty(PositionsParquet.FileName, out _);
        StoredShifts.CheckFiles(folder, hashes, lines ? PositionsJsonl.FileName : PositionsParquet.FileName, "summary.json");
        return lines ? PositionsJsonl.Read(Path.Combine(folder, PositionsJsonl.FileName))
            : PositionsParquetReader.Read(Path.Combine(folder, PositionsParquet.FileName), tokens is null ? null : Name);

        // Named as they are read, so that millions of them are not held twice.
        string Name(int id) => TopToken.Name(id, tokens.TryGetValue(id, out var known) ? known.Text : null);
    }

    private static PositionShift[] InOrder(string folder, string id, PositionShift[] positions)
    {
        for (var i = 0; i < positions.Length; i++)
            if (positions[i].Position != i)
                throw new UrialException(FormattableString.Invariant($"The positions in {folder} have position {positions[i].Position} of ")
                    + FormattableString.Invariant($"answer {id} where {i} belongs: the file is cut or mixed. Make the run again."));
        return positions;
    }

    private void CheckCounts()
    {
        var (answers, positions) = (Answers.Count, Answers.Sum(answer => answer.Positions.Count));
        Check("manifest.json", "answers", Manifest.GetProperty("n_answers").GetInt32(), answers);
        Check("manifest.json", "positions", Manifest.GetProperty("n_positions").GetInt32(), positions);
        var all = Of(Summary, "with_eos");
        Check("summary.json", "answers", Of(all, "n_answers").GetInt32(), answers);
        Check("summary.json", "positions", Of(all, "n_positions").GetInt32(), positions);

        void Check(string file, string what, int said, int read)
        {
            if (said != read)
                throw new UrialException(FormattableString.Invariant($"{Path.Combine(Folder, file)} speaks of {said} {what}, and the ")
                    + FormattableString.Invariant($"positions beside it are of {read}: they are not of one run. Make it again."));
        }

        JsonElement Of(JsonElement json, string name) =>
            json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value
                : throw new UrialException($"{Path.Combine(Folder, "summary.json")} has no {name}, so it is no summary of `urial shift`. "
                    + "Make the run again.");
    }
}
