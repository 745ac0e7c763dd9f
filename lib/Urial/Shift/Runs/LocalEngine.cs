using System.Text.Json.Nodes;

namespace Urial;

/// <summary>A pair of models in this process.</summary>
internal sealed class LocalEngine(ShiftRunSettings settings) : IShiftEngine
{
    private readonly ModelPair _pair = ModelPair.Load(settings.BaseDirectory, settings.AlignedDirectory, settings.Precision,
        settings.AdapterBase);

    public PromptedPair Pair => PromptedPair.Of(_pair);

    public bool IsBounded => false;

    public IReadOnlyList<string> Notes => [.. _pair.Base.Notes.Concat(_pair.Aligned.Notes).Distinct()];

    public JsonObject Base => ModelManifest.Of(_pair.Base, settings.BaseDirectory);

    public JsonObject Aligned => ModelManifest.Of(_pair.Aligned, settings.AlignedDirectory);

    public IReadOnlyList<ShiftOutcome> Run(PreparedQueries queries, ShiftOptions options, Action<RunStep>? progress, IShiftStore store,
        CancellationToken cancellation) => ShiftAnalysis.TryRun(_pair, queries, options, progress, store);

    public void Dispose() => _pair.Dispose();
}
