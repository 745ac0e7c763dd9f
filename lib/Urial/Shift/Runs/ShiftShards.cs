using System.Text.Json.Nodes;

namespace Urial;

/// <summary>
/// What a run has so far, in the folder <c>shards</c> of its output: a manifest of what it is made from, the answers that were generated
/// (<c>answers.jsonl</c>), and a Parquet file for each that was scored, named by its line in the file of queries, with its hash
/// (<c>scored.jsonl</c>). Each is whole and on the disk before the next begins, so that a run that was killed goes on and loses what it had
/// in hand, and nothing else.
/// </summary>
internal sealed class ShiftShards : IShiftStore, IDisposable
{
    /// <summary>The folder's name in that of a run.</summary>
    public const string FolderName = "shards";

    private const string Manifest = "manifest.json", Answers = "answers.jsonl", ScoredName = "scored.jsonl";

    private readonly string _folder;
    private readonly IReadOnlyDictionary<string, int> _lines;
    private readonly bool _topInMemory;
    private readonly bool _bounded;
    private readonly RunOutput<AnswerWriter.Written> _answers;
    private readonly RunOutput<string> _scored; // the hash of each shard
    private readonly Lock _appending = new();

    private ShiftShards(string folder, IReadOnlyDictionary<string, int> lines, bool topInMemory, bool bounded)
    {
        (_folder, _lines, _topInMemory, _bounded) = (folder, lines, topInMemory, bounded);
        _answers = new RunOutput<AnswerWriter.Written>(Path.Combine(folder, Answers), "answer", Read, (id, _) => lines.ContainsKey(id)
            ? true : throw new UrialException($"{Path.Combine(folder, Answers)} holds an answer to \"{id}\", and the run has no such "
                + $"query. Delete {folder}, or choose another --out."));
        // One that is missing or damaged is scored again.
        _scored = new RunOutput<string>(Path.Combine(folder, ScoredName), "scored answer", line => line.Need("sha256"), (id, hash) =>
            lines.TryGetValue(id, out var number) && File.Exists(Shard(number))
                && ContentHash.OfFile(Shard(number), "shard of a run") == hash);
        Earlier = _scored.Count;
    }

    /// <summary>How many queries were scored before.</summary>
    public int Earlier { get; }

    /// <summary>Whether answers were generated: they may have cost hours.</summary>
    public bool HasAnswers => _answers.Count > 0;

    /// <summary>Begins a run, or goes on with one.</summary>
    /// <param name="output">The run's folder; the caller holds the lock on it.</param>
    /// <param name="plan">What the run is made from.</param>
    /// <param name="lines">The line of each query, by its id.</param>
    /// <param name="anyForm">Whether a run that is there may have been begun with another form of its files.</param>
    /// <param name="topInMemory">Whether scored answers keep their top tokens in memory.</param>
    /// <param name="bounded">Whether numbers may be known within bounds only, as a server tells them.</param>
    /// <exception cref="UrialException">The folder holds a run of other settings, or cannot be used.</exception>
    public static ShiftShards Open(string output, JsonObject plan, IReadOnlyDictionary<string, int> lines, bool anyForm,
        bool topInMemory, bool bounded)
    {
        var folder = Path.Combine(output, FolderName);
        var manifest = Path.Combine(folder, Manifest);
        if (File.Exists(manifest))
            ShiftPlan.CheckSame(plan, manifest, output, anyForm);
        else
            Remove(output); // of a run that was killed when it was complete and tidied up
        AtomicFile.WriteText(manifest, ManifestJson.Text(new JsonObject(plan.DeepClone().AsObject()
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())).Append(new("complete", false)))));
        return new ShiftShards(folder, lines, topInMemory, bounded);
    }

    /// <summary>Whether a run that is not complete lies in a folder.</summary>
    public static bool AreIn(string output) => File.Exists(Path.Combine(output, FolderName, Manifest));

    /// <summary>Removes what a run had in hand, its manifest first: without it nothing goes on with the rest.</summary>
    /// <exception cref="WriteException">A file cannot be removed.</exception>
    public static void Remove(string output)
    {
        var folder = Path.Combine(output, FolderName);
        if (!Directory.Exists(folder))
            return;
        try
        {
            File.Delete(Path.Combine(folder, Manifest));
            foreach (var pattern in new[] { "*.parquet", "*.jsonl", "*.json", "*.lock", "*.tmp" })
                foreach (var file in Directory.EnumerateFiles(folder, pattern))
                    File.Delete(file);
            if (!Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
        }
        catch (Exception e) when (WriteException.IsFailure(e))
        {
            throw new WriteException($"to the folder {folder}", e);
        }
    }

    /// <summary>Where a file of the run is made before it takes its place.</summary>
    public string Staged(string name) => Path.Combine(_folder, name);

    /// <inheritdoc/>
    public AnswerWriter.Written? Answered(string id)
    {
        lock (_appending)
            return _answers.Has(id) ? _answers.Of(id) : null;
    }

    /// <inheritdoc/>
    public void Keep(string id, AnswerWriter.Written answer)
    {
        lock (_appending)
            _answers.Append([(id, answer, json =>
            {
                json.WriteStartObject();
                json.WriteString("id", id);
                json.WriteTokenIds("answer_ids", answer.Ids!);
                json.WriteBoolean("at_stop", answer.AtStop);
                json.WriteEndObject();
            })]);
    }

    /// <inheritdoc/>
    public PositionShift[]? Scored(string id, int[] answerIds)
    {
        var path = Shard(_lines[id]);
        string hash;
        lock (_appending)
        {
            if (!_scored.Has(id))
                return null;
            hash = _scored.Of(id);
        }
        try
        {
            if (ContentHash.OfFile(path, "shard of a run") != hash)
                throw new UrialException("It was changed since it was written.");
            var rows = PositionsParquetReader.Read(path);
            return rows.All(row => row.Id == id) && rows.Select(row => row.Shift.TokenId).SequenceEqual(answerIds)
                ? [.. rows.Select(row => row.Shift)] : throw new UrialException("It is of another answer.");
        }
        catch (UrialException e)
        {
            throw new UrialException($"{path} cannot be used: {e.Message} Remove it, and the same command scores its answer again.", e);
        }
    }

    /// <inheritdoc/>
    public ShiftedAnswer Keep(ShiftedAnswer answer)
    {
        var path = Shard(_lines[answer.Id]);
        bool isKept;
        lock (_appending)
            isKept = _scored.Has(answer.Id);
        if (!isKept)
        {
            AtomicFile.Write(path,
                stream => PositionsParquet.Write(stream, [answer], PositionShift.ShardColumns(_bounded), compact: false));
            var hash = ContentHash.OfFile(path, "shard of a run");
            lock (_appending)
                _scored.Append([(answer.Id, hash, json =>
                {
                    json.WriteStartObject();
                    json.WriteString("id", answer.Id);
                    json.WriteString("sha256", hash);
                    json.WriteEndObject();
                })]);
        }
        return _topInMemory ? answer
            : answer with { Positions = [.. answer.Positions.Select(p => p with { BaseTop = [], AlignedTop = [] })] };
    }

    /// <summary>An answer with everything that was kept of it.</summary>
    public ShiftedAnswer Whole(ShiftedAnswer answer) => answer with { Positions = Scored(answer.Id, answer.AnswerIds)! };

    /// <inheritdoc/>
    public void Dispose()
    {
        _answers.Dispose();
        _scored.Dispose();
    }

    private string Shard(int line) => Path.Combine(_folder, FormattableString.Invariant($"{line:000000}.parquet"));

    private static AnswerWriter.Written Read(JsonLine line) =>
        new(line.NeedTokenIds("answer_ids"), AtStop: line.Json.TryGetProperty("at_stop", out var stop) && stop.GetBoolean());
}
