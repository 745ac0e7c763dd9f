namespace Urial.MicroWorld;

public sealed partial class TrainingRun
{
    /// <summary>Measures what the models reached and writes it beside them, with a model card.</summary>
    public void Measure()
    {
        foreach (var stage in new[] { "base", "sft", "dpo" }.Where(IsDone))
        {
            var file = Quality.PathOf(Stage(stage));
            if (!File.Exists(file))
            {
                _note($"{stage}: measuring quality, n = {_plan.QualityN} a cell.");
                using var model = LanguageModel.Load(Stage(stage));
                var report = stage == "base" ? Quality.Measure(model, n: _plan.QualityN, progress: c => _note("  " + c))
                    : Quality.MeasureAligned(model, n: _plan.QualityN, progress: c => _note("  " + c));
                report.Save(file);
            }
            ModelCard.Write(Stage(stage), stage, _plan, QualityReport.Load(file));
        }
        foreach (var folder in Directory.GetDirectories(_folder, "micro-sft-step-*"))
            ModelCard.Write(folder, Path.GetFileName(folder)["micro-".Length..], _plan, null);
    }
}
