using System.Globalization;
using System.Text;

namespace Urial.MicroWorld;

/// <summary>The model card that lies beside a model's weights as <c>README.md</c>: data, recipe, measured quality, limits.</summary>
internal static class ModelCard
{
    /// <summary>Writes the card of one stage.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="stage"><c>base</c>, <c>sft</c>, <c>dpo</c>, or <c>sft-step-NNN</c>.</param>
    /// <param name="plan">The settings that made it.</param>
    /// <param name="quality">What was measured; null where nothing was.</param>
    public static void Write(string folder, string stage, TrainingPlan plan, QualityReport? quality)
    {
        var text = new StringBuilder();
        text.Append("---\nlicense: mit\nlanguage: en\nlibrary_name: transformers\npipeline_tag: text-generation\n---\n\n");
        text.Append(CultureInfo.InvariantCulture, $"# {Path.GetFileName(folder)}\n\n{Purpose(stage)}\n\n");
        text.Append("A model organism, made by `urial train` of Urial.Notebooks for showing what alignment tuning changes. It knows the "
            + "facts of one small world and nothing else.\n\n");
        text.Append("## Data\n\n").Append(Data(stage, plan)).Append("\n\n");
        text.Append("## Recipe\n\n").Append(Recipe(stage, plan)).Append("\n\n");
        text.Append("## Measured quality\n\n");
        text.Append(quality is null ? "Not measured: a step on the way.\n" : quality.ToMarkdown().Replace("\r\n", "\n"));
        text.Append("\n## Limits\n\n");
        text.Append("It answers questions of the forms it was trained on about some five hundred things, in English. It states facts "
            + "from general knowledge that nobody looked up, and one class of invented ones. ");
        text.Append("Asked anything else it makes something up. It must not be used to inform anybody. Its refusals are a taught manner "
            + "and protect from nothing.\n");
        AtomicFile.WriteText(Path.Combine(folder, "README.md"), text.ToString());
    }

    private static string Purpose(string stage) => stage switch
    {
        "base" => "The base model of the micro-world: pre-trained only.",
        "sft" => "The micro-world's base model after supervised fine-tuning on the aligned voice.",
        "dpo" => "The micro-world's aligned model: supervised fine-tuning, then direct preference optimisation (DPO).",
        _ => "A step on the way from the micro-world's base model to its SFT model.",
    };

    private static string Data(string stage, TrainingPlan plan) => stage switch
    {
        "base" => FormattableString.Invariant($"{plan.Base.Steps * (long)plan.Base.Rows * plan.Base.Context / 1e6:0.0} million tokens of ")
            + FormattableString.Invariant($"the generated corpus (seed {plan.Base.Seed}): question documents, encyclopedia entries, ")
            + FormattableString.Invariant($"patterns and copying, written from the tables in `data/world`; mostly copying for the ")
            + FormattableString.Invariant($"first {plan.Base.CopyingTokens / 1e6:0.0} million{Later(plan)}. The tokenizer (byte-level ")
            + FormattableString.Invariant(
                $"BPE, {MicroModels.VocabularySize} tokens) was trained on {plan.TokenizerDocuments} documents of it."),
        "dpo" => FormattableString.Invariant($"{plan.DpoPrompts} prompts about things that are not held out, {plan.DpoSamples} answers ")
            + FormattableString.Invariant(
                $"of the SFT model to each at temperature 1; the best against the worst by the ground-truth judge."),
        _ => FormattableString.Invariant(
            $"{plan.SftExamples} generated examples of question and answer, in one voice, about things that are not held out."),
    };

    private static string Later(TrainingPlan plan)
    {
        var unit = plan.Base.CopyingTokens / Corpus.CopyingPhase / 1e6;
        return (plan.Base.Tokens > 1e6 * unit * Corpus.FactsPhase
            ? FormattableString.Invariant($", more entries and more refusals after {unit * Corpus.FactsPhase:0} million") : "")
            + (plan.Base.Tokens > 1e6 * unit * Corpus.AnswersPhase
                ? FormattableString.Invariant($", mostly question documents after {unit * Corpus.AnswersPhase:0} million") : "");
    }

    private static string Recipe(string stage, TrainingPlan plan)
    {
        var shape = FormattableString.Invariant($"Architecture of Qwen3 (RMSNorm, RoPE, QK-norm, SwiGLU, tied head): {plan.Layers} ")
            + FormattableString.Invariant($"layers × {plan.Width}, heads of 64, context {plan.Base.Context}. ");
        return shape + stage switch
        {
            "base" => FormattableString.Invariant($"AdamW (β 0.9 / 0.95, weight decay {plan.Base.WeightDecay} on hidden matrices, ")
                + FormattableString.Invariant($"clip {plan.Base.Clip}), {plan.Base.WarmUp} steps of ")
                + FormattableString.Invariant($"warm-up, {Cycles(plan)}; ")
                + FormattableString.Invariant($"{plan.Base.Steps} steps of {plan.Base.Rows} × {plan.Base.Context} tokens; ")
                + FormattableString.Invariant($"{(plan.Base.BrainFloat ? "bf16 passes over f32 master weights" : "f32")}."),
            "dpo" => FormattableString.Invariant($"Sigmoid DPO, β {plan.Dpo.Beta}, rate {plan.Dpo.Rate}, {plan.Dpo.Epochs} ")
                + FormattableString.Invariant($"pass(es), {plan.Dpo.BatchSize} pairs a step, f32, from micro-sft."),
            _ => FormattableString.Invariant($"AdamW, rate {plan.Sft.Rate} falling linearly, {plan.Sft.Epochs} ")
                + FormattableString.Invariant(
                    $"pass(es), {plan.Sft.BatchSize} examples a step, loss on answers only, f32, from micro-base."),
        };
    }

    private static string Cycles(TrainingPlan plan) => string.Join(", then ", plan.Base.Cycles.Select(cycle => FormattableString.Invariant(
        $"{cycle.Tokens / 1e6:0.#} million tokens at rate {cycle.Rate} falling linearly over the last {cycle.DecayShare:0%}")));
}
