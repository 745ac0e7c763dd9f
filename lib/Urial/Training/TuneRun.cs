using System.Text.Json.Nodes;

namespace Urial;

/// <summary>
/// A whole tuning run: a base model and a file of examples into the folder of an adapter, with the curve and a manifest. The same run
/// again goes on from its last checkpoint, or finds that all is done.
/// </summary>
public sealed class TuneRun
{
    private readonly TuneSettings _settings;
    private readonly LanguageModel _model;
    private readonly TunedTurns _turns;
    private readonly Action<TrainingPoint> _report;
    private readonly Action<string> _note;
    private readonly TuneFiles _files;

    private TuneRun(TuneSettings settings, LanguageModel model, Action<TrainingPoint> report, Action<string> note)
    {
        (_settings, _model, _report, _note) = (settings, model, report, note);
        _turns = new TunedTurns(model, settings.AdapterDirectory);
        _files = new TuneFiles(settings.OutDirectory);
    }

    /// <summary>Runs, or goes on with a run of the same settings.</summary>
    /// <param name="settings">What to tune, on what, and where to.</param>
    /// <param name="report">Takes a point of the curve at each step.</param>
    /// <param name="note">Takes a sentence for the reader at each stage.</param>
    /// <param name="cancel">Ends the run after the step in hand, with a checkpoint.</param>
    /// <exception cref="UrialException">
    /// The base, a data file or the folder cannot be used, the folder holds a run with other settings, or the loss is no number any more.
    /// </exception>
    public static void Execute(TuneSettings settings, Action<TrainingPoint> report, Action<string> note, CancellationToken cancel = default)
    {
        if (AdapterFolder.Is(settings.BaseDirectory))
            throw new UrialException($"'{settings.BaseDirectory}' is an adapter's folder, and an adapter needs a whole model to stand on: "
                + "give its base, or merge the adapter into it first.");
        if (settings.AdapterDirectory is { } adapter && !AdapterFolder.Is(adapter))
            throw new UrialException($"'{adapter}' is no adapter's folder: it has no {AdapterConfig.FileName}. Name the folder that urial "
                + "tune sft, or PEFT, wrote.");
        var files = new TuneFiles(settings.OutDirectory);
        files.CheckFree();
        using var held = OutputLock.Take(files.Adapter, files.Manifest);
        using var model = LanguageModel.Load(settings.BaseDirectory, settings.Precision);
        new TuneRun(settings, model, report, note).Run(cancel);
    }

    private void Run(CancellationToken cancel)
    {
        var same = TuneManifest.Settings(_settings, _model);
        ManifestJson.CheckSame(same, _files.Manifest, _files.Begun, "adapters");
        if (_files.IsDone)
        {
            _files.CheckUnchanged();
            _note($"{_settings.OutDirectory} holds the finished adapter of these settings already.");
            return;
        }
        using var start = Start();
        using var weights = new TrainableAdapter(_model.Decoder, start);
        using var reference = _settings.IsPreference ? new TrainableAdapter(_model.Decoder, start) : null;
        TrainingCurve? curve = null;
        var (loop, count) = Loop(weights, reference?.Model, point =>
        {
            curve!.Add(point);
            _report(point);
        });
        using var opened = curve = new TrainingCurve(_files.Curve, _settings.CheckpointEvery); // all data was read and is good
        loop.Checkpoint = new TuningCheckpoint(_files.Checkpoint, _settings.CheckpointEvery, curve);
        _files.WriteManifest(new JsonObject { ["kind"] = TuneManifest.Kind, ["settings"] = same.DeepClone() });
        if (_turns.IsMade)
            _note($"{_model.Name} has no chat template: it gets the turns that stand in {_files.Template}.");
        _note(FormattableString.Invariant(
            $"{count} {(_settings.IsPreference ? "pairs" : "examples")}, {_settings.Options.Steps(count)} steps; an adapter of rank ")
            + FormattableString.Invariant($"{start.Config.Rank} with {start.Parameters} parameters."));
        var done = loop.Run(null, cancel);
        curve.Write();
        _files.WriteAdapter(_settings, _model, _turns, weights, start);
        _files.WriteManifest(TuneManifest.Of(same, done, count, _files));
        File.Delete(_files.Checkpoint);
        _note($"wrote {_settings.OutDirectory}");
        if (done.Best is { } best)
            _note(FormattableString.Invariant($"The parameters are those of step {best} of {done.Steps}, which did best on ")
                + FormattableString.Invariant($"{_settings.DevFile}: {done.DevLoss:0.0000} nats a token."));
    }

    /// <summary>The adapter that the settings name, or a fresh one.</summary>
    private LowRankAdapter Start()
    {
        if (_settings.AdapterDirectory is not { } directory)
            return TrainableAdapter.Fresh(_model.Config, _settings.Rank, _settings.Options.Seed);
        AdapterFolder.CheckFamily(directory, _model.Config);
        foreach (var note in AdapterFolder.Notes(directory, _model.Hashes))
            _note(note);
        return LowRankAdapter.Read(directory, _model.Config);
    }

    private (TuningLoop Loop, int Count) Loop(ITrainable weights, Decoder? reference, Action<TrainingPoint> report)
    {
        var pad = _model.Config.PadTokenId ?? _turns.EndId; // padding is never learnt from: any id will do
        if (_settings.IsPreference)
        {
            var pairs = TuneData.Preferences(_settings, _turns, _model.Config.VocabularySize);
            return (PreferenceTuning.Loop(weights, reference!, pairs, pad, _settings.Options, report), pairs.Count);
        }
        var examples = TuneData.Written(_settings.DataFile, _turns, _settings.Limit);
        var loop = SupervisedTuning.Loop(weights, examples, pad, _settings.Options, report);
        if (_settings.DevFile is { } file)
        {
            var dev = TuneData.Written(file, _turns);
            var learnt = examples.Select(Key).ToHashSet(StringComparer.Ordinal);
            if (dev.Count(example => learnt.Contains(Key(example))) is > 0 and var both)
                _note(FormattableString.Invariant($"{both} of the {dev.Count} examples in {file} are learnt from as well: the loss on ")
                    + "them says nothing of other questions, and the parameters that are kept are chosen by it.");
            loop.Measure = () => SupervisedTuning.Measure(weights.Model, dev, pad);
        }
        return (loop, examples.Count);

        static string Key(TokenPair pair) => $"{string.Join(' ', pair.PromptIds)}|{string.Join(' ', pair.AnswerIds)}";
    }
}
