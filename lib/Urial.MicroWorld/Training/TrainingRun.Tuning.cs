namespace Urial.MicroWorld;

public sealed partial class TrainingRun
{
    /// <summary>Fine-tunes the base model on the aligned voice's examples.</summary>
    public void TuneSft()
    {
        if (IsDone("sft"))
            return;
        using var start = LanguageModel.Load(Stage("base"));
        var examples = SftData.Train(_plan.SftExamples, _plan.Sft.Seed)
            .Select(e => new TokenPair(PromptIds(start.Tokenizer, e.Question), AnswerIds(start.Tokenizer, e.Answer))).ToList();
        _note($"SFT: {examples.Count} examples, {_plan.Sft.Steps(examples.Count)} steps.");
        using var curve = new TrainingCurve(Path.Combine(_folder, "sft.curve.jsonl"), _plan.Sft.Steps(examples.Count));
        using var weights = new TrainableWeights(start.Decoder, Precision.F32);
        SupervisedTuning.Run(weights, examples, Pad(start), _plan.Sft, point =>
        {
            curve.Add(point);
            _report(point);
        }, step =>
        {
            if (_plan.SftKept.Contains(step))
                SaveSnapshot(weights, $"sft-step-{step:000}");
        });
        SaveSnapshot(weights, "sft");
    }

    /// <summary>Tunes the SFT model towards those of its own answers that the ground-truth judge prefers.</summary>
    public void TuneDpo()
    {
        if (IsDone("dpo"))
            return;
        using var start = LanguageModel.Load(Stage("sft"));
        var pairs = Preferences(start);
        _note($"DPO: {pairs.Count} pairs of answers from {_plan.DpoPrompts} prompts, {_plan.Dpo.Steps(pairs.Count)} steps.");
        using var curve = new TrainingCurve(Path.Combine(_folder, "dpo.curve.jsonl"), _plan.Dpo.Steps(pairs.Count));
        using var weights = new TrainableWeights(start.Decoder, Precision.F32);
        var (chosen, rejected) = PreferenceTuning.Run(weights, start.Decoder, pairs, Pad(start), _plan.Dpo, point =>
        {
            curve.Add(point);
            _report(point);
        });
        SaveSnapshot(weights, "dpo");
        _note(FormattableString.Invariant($"DPO: rewards at the end, chosen {chosen:0.00}, rejected {rejected:0.00}."));
    }

    /// <summary>Samples answers to prompts about seen entities; the best against the worst, where the judge sees a difference.</summary>
    private List<PreferencePair> Preferences(LanguageModel model)
    {
        var judge = new MicroWorldJudge();
        var queries = SftData.SeenQueries(_plan.DpoPrompts, _plan.Dpo.Seed + 1000);
        var prompts = queries.SelectMany(q => Enumerable.Repeat(PromptIds(model.Tokenizer, q.Text), _plan.DpoSamples)).ToList();
        var answers = model.GenerateBatch(prompts,
            new GenerationOptions { Temperature = 1, MaxNewTokens = 256, Seed = _plan.Dpo.Seed, BatchSize = 32 });
        var pairs = new List<PreferencePair>();
        for (var i = 0; i < queries.Count; i++)
        {
            var judged = answers.Skip(i * _plan.DpoSamples).Take(_plan.DpoSamples)
                .Select(a => (Answer: a, Score: a.Stopped ? judge.Judge(queries[i], a.Text).Mean : 0)).OrderByDescending(a => a.Score)
                .ToList();
            if (judged[0].Score > judged[^1].Score)
                pairs.Add(new PreferencePair(judged[0].Answer.PromptIds, judged[0].Answer.AnswerIds, judged[^1].Answer.AnswerIds));
        }
        return pairs.Count > 0 ? pairs
            : throw new UrialException("The judge sees no difference between any two sampled answers: there is nothing to prefer. Sample "
                + "more (DpoSamples) or from an earlier SFT model.");
    }

    private void SaveSnapshot(TrainableWeights weights, string stage)
    {
        using var tuned = weights.Snapshot();
        Save(tuned, stage);
    }

    private static int[] PromptIds(HfTokenizer tokenizer, string question) =>
        tokenizer.Encode($"{MicroTemplate.User}\n{question}{MicroTemplate.End}\n{MicroTemplate.Assistant}\n");

    private static int[] AnswerIds(HfTokenizer tokenizer, string answer) => tokenizer.Encode(answer + MicroTemplate.End);

    private static int Pad(LanguageModel model) => model.Config.PadTokenId ?? 0;
}
