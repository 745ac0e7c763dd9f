using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial.MicroWorld;

/// <summary>Makes the embedded models from nothing: tokenizer, base model, supervised fine-tuning, preference tuning.</summary>
/// <remarks>
/// Each stage leaves a finished folder behind and is passed over when that folder is there, so that a run that was
/// stopped goes on where it was; pre-training goes on from its last checkpoint.
/// </remarks>
public sealed partial class TrainingRun
{
    private readonly World _world = World.Load();
    private readonly string _folder;
    private readonly TrainingPlan _plan;
    private readonly Action<TrainingPoint> _report;
    private readonly Action<string> _note;

    /// <summary>A run in a folder of its own.</summary>
    /// <param name="folder">Where everything is written; made when it is not there.</param>
    /// <param name="plan">The settings; a folder belongs to one plan.</param>
    /// <param name="report">Takes the points of the training curves.</param>
    /// <param name="note">Takes a sentence for the reader at each stage.</param>
    /// <exception cref="UrialException">The folder holds a run with another plan, or cannot be written.</exception>
    public TrainingRun(string folder, TrainingPlan plan, Action<TrainingPoint> report, Action<string> note)
    {
        (_folder, _plan, _report, _note) = (folder, plan, report, note);
        var file = Path.Combine(folder, "plan.json");
        var text = JsonSerializer.Serialize(plan, JsonFiles.Indented) + "\n";
        if (File.Exists(file) && InputFile.Text(file, "plan") != text)
            throw new UrialException($"{file} tells of a run with other settings. Use the same settings to go on with it, or another "
                + "folder (--out) to start anew.");
        AtomicFile.WriteText(file, text);
    }

    /// <summary>The folder of a stage: <c>base</c>, <c>sft</c> or <c>dpo</c>.</summary>
    public string Stage(string name) => Path.Combine(_folder, "micro-" + name);

    /// <summary>The stages in their order.</summary>
    public static IReadOnlyList<string> Stages { get; } = ["tokenizer", "base", "sft", "dpo", "quality"];

    /// <summary>Runs every stage that is not done yet, up to a last one.</summary>
    /// <param name="until">The last stage to run, one of <see cref="Stages"/>.</param>
    /// <param name="cancel">Ends pre-training after the step in hand, with a checkpoint.</param>
    public void Run(string until = "quality", CancellationToken cancel = default)
    {
        Action[] stages = [TrainTokenizer, () => TrainBase(cancel), TuneSft, TuneDpo, Measure];
        for (var i = 0; i < stages.Length; i++)
        {
            stages[i]();
            if (Stages[i] == until)
                return;
        }
        throw new UrialException($"There is no stage '{until}'. Stages: {string.Join(", ", Stages)}.");
    }

    /// <summary>Trains the tokenizer on documents of the corpus.</summary>
    public void TrainTokenizer()
    {
        var folder = Path.Combine(_folder, "tokenizer");
        if (File.Exists(Path.Combine(folder, "tokenizer_config.json")))
            return;
        _note($"Tokenizer: counting words in {_plan.TokenizerDocuments} documents.");
        var trainer = new BpeTrainer();
        var corpus = new Corpus(_world);
        foreach (var text in corpus.TokenizerText(_plan.Base.Seed, _plan.TokenizerDocuments))
            trainer.Add(text);
        var (vocabulary, merges) = trainer.Train(MicroModels.VocabularySize, MicroModels.Specials);
        TokenizerFiles.Write(folder, vocabulary, merges, MicroModels.Specials, MicroTemplate.End, "<|pad|>", MicroTemplate.Jinja,
            _plan.Base.Context);
        _note($"Tokenizer: {vocabulary.Count} tokens.");
    }

    /// <summary>Pre-trains the base model.</summary>
    public void TrainBase(CancellationToken cancel = default)
    {
        if (IsDone("base"))
            return;
        var tokenizer = HfTokenizer.Load(Path.Combine(_folder, "tokenizer"));
        var corpus = new Corpus(_world, Corpus.UsablePieces(
            Enumerable.Range(0, tokenizer.VocabularySize).Where(id => !tokenizer.IsSpecial(id)).Select(id => tokenizer.Token(id).Text)));
        var options = _plan.Base;
        var stream = new TokenStream((index, progress) => corpus.Document(options.Seed, index, progress), tokenizer);
        var config = MicroModels.Shape(_plan.Layers, _plan.Width, options.Context);
        _note($"Base: {config.Parameters} weights, {options.Tokens} tokens in {options.Steps} steps.");
        using var curve = new TrainingCurve(Path.Combine(_folder, "base.curve.jsonl"), options.CheckpointEvery);
        using var trained = Pretraining.Run(config, stream, options, _folder, point =>
        {
            curve.Add(point);
            _report(point);
        }, cancel);
        curve.Write();
        Save(trained, "base");
    }

    private bool IsDone(string stage) => File.Exists(Path.Combine(Stage(stage), "model.safetensors"));

    private void Save(Decoder model, string stage)
    {
        var folder = Stage(stage);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Path.Combine(_folder, "tokenizer")))
            AtomicFile.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        if (stage == "base")
            DropChatTemplate(Path.Combine(folder, "tokenizer_config.json")); // a base model knows no turns
        var curve = Path.Combine(_folder, stage + ".curve.jsonl");
        if (File.Exists(curve))
            AtomicFile.Copy(curve, Path.Combine(folder, "training.jsonl"));
        model.Save(folder, Precision.BF16); // writes the weights last: their presence says that the stage is done
        _note($"{stage}: done, {folder}");
    }

    private static void DropChatTemplate(string file)
    {
        var settings = JsonNode.Parse(InputFile.Text(file, "tokenizer's file"))!.AsObject();
        settings.Remove("chat_template");
        AtomicFile.WriteText(file, settings.ToJsonString(JsonFiles.Indented) + "\n");
    }
}
