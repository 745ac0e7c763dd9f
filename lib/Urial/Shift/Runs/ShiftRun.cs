using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial;

/// <summary>
/// A whole run: a queries file under a pair of models, into <c>positions.parquet</c> or <c>.jsonl</c>, <c>summary.json</c>
/// and <c>manifest.json</c>, and <c>tokens.jsonl</c> where it is asked for. Lines that fail are left out, recorded in the manifest, and
/// do not stop the others.
/// </summary>
/// <remarks>
/// Until all is done, the folder <c>shards</c> beside these files has what is there so far (<see cref="ShiftShards"/>). The same run again
/// goes on with it, and ends with the files of one that was never stopped; a complete run is left as it is, but for lines that failed,
/// which are tried again (so that <c>shards</c> stays where there are such lines).
/// <c>summary.json</c> has <c>with_eos</c> and <c>without_eos</c>; in the latter an answer that is nothing but an end-of-sequence
/// token is not counted. <c>micro</c> and <c>macro</c> hold <c>unshifted, marginal, shifted</c> as fractions; beside them, and beside
/// the means, <c>intervals</c> holds the two ends of each number's 95 % interval (2,000 bootstrap resamples of whole queries,
/// seed 0; the manifest repeats level, resamples and seed). <c>n_not_ended</c> counts the answers without an end, and <c>ended_only</c> has
/// all numbers of the others. Where the vocabularies differ, <c>left_out</c> in summary and manifest has the number of ids that only one
/// model has, the probability that they held, and the number of answers that ended with such a token. <c>token</c> in the positions is the
/// vocabulary's spelling.
/// </remarks>
public sealed class ShiftRun
{
    private readonly ShiftRunSettings _settings;
    private readonly IShiftEngine _engine;
    private readonly RunInput<ShiftQuery> _input;
    private readonly ShiftOptions _options;

    private ShiftRun(ShiftRunSettings settings, IShiftEngine engine, RunInput<ShiftQuery> input)
    {
        (_settings, _engine, _input) = (settings, engine, input);
        _options = settings.Options with
        {
            BaseStyle = settings.BasePrompt?.For(engine.Pair.Base),
            AlignedStyle = settings.AlignedPrompt?.For(engine.Pair.Aligned),
        };
    }

    /// <summary>The answers that were scored.</summary>
    public ShiftTable Table { get; private set; } = null!;

    /// <summary>The ids that the two models share, and over which they were compared.</summary>
    public SharedVocabulary Vocabulary => _engine.Pair.Vocabulary;

    /// <summary>The number of answers that ended with a token that only the aligned model has (<see cref="ShiftedAnswer.UnsharedEnd"/>).
    /// </summary>
    public int UnsharedEnds { get; private set; }

    /// <summary>How many of the answers were scored before, by a run that was stopped, or by this very run.</summary>
    public int Earlier { get; private set; }

    /// <summary>The lines that failed, in the file's order.</summary>
    public IReadOnlyList<RunFailure> Failures => _input.Failures;

    /// <summary>What must be known of the models (<see cref="LanguageModel.Notes"/>).</summary>
    public IReadOnlyList<string> Notes { get; private set; } = [];

    /// <summary>The files written, as paths under the folder that was asked for; none where the run was complete before.</summary>
    public IReadOnlyList<string> Files { get; private set; } = [];

    /// <summary>
    /// Runs, or goes on with a run of the same settings. Files take their places at the end: before that, nothing of what is there is
    /// touched.
    /// </summary>
    /// <param name="settings">What to run, and where to.</param>
    /// <param name="progress">Called after every answer and every scored one.</param>
    /// <param name="failed">Called for each line that fails, as soon as it is known.</param>
    /// <param name="say">Told what is waited for.</param>
    /// <param name="cancellation">Ends the run at once; what is there by then is kept.</param>
    /// <exception cref="UrialException">
    /// The queries file, a model or server, or the output folder cannot be used, the folder holds a run of other settings, or every line
    /// failed.
    /// </exception>
    public static ShiftRun Execute(ShiftRunSettings settings, Action<RunStep>? progress = null, Action<RunFailure>? failed = null,
        Action<string>? say = null, CancellationToken cancellation = default)
    {
        settings.Options.Check();
        var input = new RunInput<ShiftQuery>(settings.QueriesFile, settings.Written ? "file of written answers" : "queries file",
            settings.Written ? ShiftQueries.WrittenLines(settings.QueriesFile) : ShiftQueries.Read(settings.QueriesFile), failed);
        CheckWritable(settings.OutDirectory);
        using var held = OutputLock.Take([.. Names(settings).Select(name => Path.Combine(settings.OutDirectory, name))]);
        RemoveProbes(settings.OutDirectory);
        using IShiftEngine engine = (settings.BaseServer ?? settings.AlignedServer) is null ? new LocalEngine(settings)
            : ServedEngine.Connect(settings, say, cancellation);
        var run = new ShiftRun(settings, engine, input);
        run.Run(progress, cancellation);
        run.Notes = engine.Notes;
        return run;
    }

    private void Run(Action<RunStep>? progress, CancellationToken cancellation)
    {
        var lines = _input.Prepare((line, _) => line);
        var queries = PreparedQueries.Of(_engine.Pair, [.. lines.Select(line => line.Item!)], _options);
        var plan = ShiftManifest.Plan(_settings, _options, _engine, queries, _input);
        var finished = FinishedShifts.In(_settings.OutDirectory, plan);
        if (finished?.IsWhole(plan, lines.Count) == true)
        {
            ShiftShards.Remove(_settings.OutDirectory);
            (Table, UnsharedEnds) = (finished.Table(_engine.Pair.Tokenizer, _settings.TopInMemory), finished.UnsharedEnds);
            Earlier = Table.Answers.Count;
            return;
        }

        using var shards = ShiftShards.Open(_settings.OutDirectory, plan,
            lines.ToDictionary(line => line.Id!, line => line.Number, StringComparer.Ordinal), anyForm: finished is not null,
            _settings.TopInMemory, _engine.IsBounded);
        Earlier = shards.Earlier;
        var outcomes = _engine.Run(queries, _options, progress, shards, cancellation);
        foreach (var (line, outcome) in lines.Zip(outcomes).Where(pair => pair.Second.Error is not null))
            _input.Fail(line.Number, line.Id, outcome.Error!);
        ShiftedAnswer[] answers = [.. outcomes.Select(outcome => outcome.Answer).OfType<ShiftedAnswer>()];
        if (answers.Length == 0)
        {
            shards.Dispose();
            if (!shards.HasAnswers)
                ShiftShards.Remove(_settings.OutDirectory);
            throw _input.Nothing("scored");
        }
        Table = new ShiftTable(answers);
        UnsharedEnds = answers.Count(answer => answer.UnsharedEnd is not null);
        Files = Write(shards, plan);
        shards.Dispose();
        if (Failures.Count == 0)
            ShiftShards.Remove(_settings.OutDirectory);
    }

    private static string PositionsName(ShiftRunSettings settings) =>
        settings.Format == PositionsFormat.Jsonl ? PositionsJsonl.FileName : PositionsParquet.FileName;

    private static string[] Names(ShiftRunSettings settings) =>
    [
        PositionsName(settings), "summary.json", .. settings.Tokens ? [TokensJsonl.FileName] : Array.Empty<string>(), "manifest.json",
    ];

    // All files are made before any takes its place; the manifest, which names the others' hashes, comes last.
    private List<string> Write(ShiftShards shards, JsonObject plan)
    {
        var ids = new HashSet<int>();
        var whole = Table.Answers.Select(answer =>
        {
            var all = shards.Whole(answer);
            ids.UnionWith(all.Positions.SelectMany(p => p.BaseTop.Concat(p.AlignedTop).Select(top => top.Id).Append(p.TokenId)));
            return all;
        });
        var columns = _engine.IsBounded ? PositionShift.BoundedColumns : PositionShift.Columns;
        AtomicFile.Write(shards.Staged(PositionsName(_settings)), stream =>
        {
            if (_settings.Format == PositionsFormat.Jsonl)
                PositionsJsonl.Write(stream, whole, columns);
            else
                PositionsParquet.Write(stream, whole, columns, compact: _settings.Format == PositionsFormat.Compact);
        });
        AtomicFile.Write(shards.Staged("summary.json"), stream =>
        {
            using (var json = new Utf8JsonWriter(stream, ManifestJson.Layout))
                SummaryJson.Write(json, Table, _engine.IsBounded ? null : Vocabulary);
            stream.WriteByte((byte)'\n');
        });
        if (_settings.Tokens)
            AtomicFile.Write(shards.Staged(TokensJsonl.FileName), stream => TokensJsonl.Write(stream, ids, _engine.Pair.Tokenizer));
        var names = Names(_settings);
        var hashes = names[..^1].ToDictionary(name => name, name => ContentHash.OfFile(shards.Staged(name), "file of a run"));
        var manifest = ManifestJson.Text(ShiftManifest.Of(plan, _engine, Table, _input, hashes));

        string[] paths = [.. names.Select(name => Path.Combine(_settings.OutDirectory, name))];
        foreach (var (name, path) in names[..^1].Zip(paths))
            AtomicFile.Move(shards.Staged(name), path);
        AtomicFile.WriteText(paths[^1], manifest);
        return [.. paths];
    }

    // What a run that was killed in CheckWritable left.
    private static void RemoveProbes(string directory)
    {
        foreach (var probe in Directory.EnumerateFiles(directory, ".????????????????????????????????.tmp"))
            File.Delete(probe);
    }

    // Before the models are loaded: a run of an hour must not end in "permission denied".
    private static void CheckWritable(string directory)
    {
        var probe = Path.Combine(directory, $".{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(directory);
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception e) when (WriteException.IsFailure(e))
        {
            throw new WriteException($"to the output folder {directory}", e);
        }
    }
}
