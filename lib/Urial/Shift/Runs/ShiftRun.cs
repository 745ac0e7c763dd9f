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
    private ShiftRun(ShiftTable table, ModelPair pair, IReadOnlyList<RunFailure> failures, IReadOnlyList<string> files) =>
        (Table, Vocabulary, Failures, Files, Notes) =
            (table, pair.Vocabulary, failures, files, [.. pair.Base.Notes.Concat(pair.Aligned.Notes).Distinct()]);

    /// <summary>The answers that were scored.</summary>
    public ShiftTable Table { get; }

    /// <summary>The ids that the two models share, and over which they were compared.</summary>
    public SharedVocabulary Vocabulary { get; }

    /// <summary>The lines that failed, in the file's order.</summary>
    public IReadOnlyList<RunFailure> Failures { get; }

    /// <summary>What must be known of the models (<see cref="LanguageModel.Notes"/>).</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The files written, as paths under the folder that was asked for.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Runs, and writes all files at the end: before that, nothing of an earlier run is touched.</summary>
    /// <param name="settings">What to run, and where to.</param>
    /// <param name="progress">Called after every answer and every scored one.</param>
    /// <param name="failed">Called for each line that fails, as soon as it is known.</param>
    /// <exception cref="UrialException">The queries file, a model or the output folder cannot be used, or every line failed.</exception>
    public static ShiftRun Execute(ShiftRunSettings settings, Action<RunStep>? progress = null, Action<RunFailure>? failed = null)
    {
        settings.Options.Check();
        var input = new RunInput<ShiftQuery>(settings.QueriesFile, settings.Written ? "file of written answers" : "queries file",
            settings.Written ? ShiftQueries.WrittenLines(settings.QueriesFile) : ShiftQueries.Read(settings.QueriesFile), failed);
        CheckWritable(settings.OutDirectory);
        using var held = OutputLock.Take([.. Names(settings).Select(name => Path.Combine(settings.OutDirectory, name))]);
        using var pair = ModelPair.Load(settings.BaseDirectory, settings.AlignedDirectory, settings.Precision, settings.AdapterBase);
        var options = settings.Options with
        {
            BaseStyle = settings.BasePrompt?.For(pair.Base),
            AlignedStyle = settings.AlignedPrompt?.For(pair.Aligned),
        };

        var lines = input.Prepare((line, _) => line);
        var outcomes = ShiftAnalysis.TryRun(pair, [.. lines.Select(line => line.Item!)], options, progress);
        foreach (var (line, outcome) in lines.Zip(outcomes).Where(pair => pair.Second.Error is not null))
            input.Fail(line.Number, line.Id, outcome.Error!);
        ShiftedAnswer[] answers = [.. outcomes.Select(outcome => outcome.Answer).OfType<ShiftedAnswer>()];
        if (answers.Length == 0)
            throw input.Nothing("scored");

        var table = new ShiftTable(answers);
        var files = Write(settings, table, pair, hashes => ShiftManifest.Of(settings, options, pair, table, input, hashes));
        return new ShiftRun(table, pair, input.Failures, files);
    }

    private static string[] Names(ShiftRunSettings settings) =>
    [
        settings.Format == PositionsFormat.Jsonl ? PositionsJsonl.FileName : PositionsParquet.FileName, "summary.json",
        .. settings.Tokens ? [TokensJsonl.FileName] : Array.Empty<string>(), "manifest.json",
    ];

    // Everything is made before anything is written; the manifest, which names the others' hashes, comes last.
    private static List<string> Write(
        ShiftRunSettings settings, ShiftTable table, ModelPair pair,
        Func<IReadOnlyDictionary<string, string>, JsonObject> manifest)
    {
        var names = Names(settings);
        Action<Stream, IReadOnlyList<ShiftedAnswer>> writePositions = settings.Format switch
        {
            PositionsFormat.Compact => PositionsParquet.WriteCompact,
            PositionsFormat.Jsonl => PositionsJsonl.Write,
            _ => PositionsParquet.Write,
        };
        var files = new List<(string Name, byte[] Content)>
        {
            (names[0], Bytes(stream => writePositions(stream, table.Answers))),
            (names[1], Json(json => SummaryJson.Write(json, table, pair.Vocabulary))),
        };
        if (settings.Tokens)
            files.Add((TokensJsonl.FileName, Bytes(stream => TokensJsonl.Write(stream, table.Answers, pair.Tokenizer))));
        var hashes = files.ToDictionary(file => file.Name, file => ContentHash.Of(file.Content));
        files.Add((names[^1], Encoding.UTF8.GetBytes(ManifestJson.Text(manifest(hashes)))));

        var paths = new List<string>();
        foreach (var (name, content) in files)
        {
            paths.Add(Path.Combine(settings.OutDirectory, name));
            AtomicFile.Write(paths[^1], stream => stream.Write(content));
        }
        return paths;
    }

    private static byte[] Json(Action<Utf8JsonWriter> write) => Bytes(stream =>
    {
        using (var json = new Utf8JsonWriter(stream, ManifestJson.Layout))
            write(json);
        stream.WriteByte((byte)'\n');
    });

    private static byte[] Bytes(Action<Stream> write)
    {
        using var memory = new MemoryStream();
        write(memory);
        return memory.ToArray();
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
