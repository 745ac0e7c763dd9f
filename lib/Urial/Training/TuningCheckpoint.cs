using System.Globalization;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>The state of a tuning run in one file, replaced as a whole: a run that is killed meanwhile leaves the file before it.</summary>
/// <param name="file">The file.</param>
/// <param name="every">Steps between two writes.</param>
internal sealed class TuningCheckpoint(string file, int every)
{
    /// <summary>Writes the state where it is time to, or <paramref name="at"/> says so.</summary>
    public void Write(TuningProgress done, FlatParameters parameters, AdamW optimiser, BestParameters best, bool at)
    {
        if (!at && done.Steps % every != 0)
            return;
        using var scope = NewDisposeScope();
        var metadata = new Dictionary<string, string>
        {
            ["step"] = Text(done.Steps),
            ["tokens"] = Text(done.Tokens),
            ["updates"] = Text(optimiser.Updates),
        };
        List<(string, Tensor)> tensors = [("first", optimiser.First), ("master", parameters.Master), ("second", optimiser.Second)];
        if (best.Values is { } values)
        {
            tensors.Insert(0, ("best", values));
            metadata["best"] = JsonSerializer.Serialize(new Measured(best.Loss!.Value, best.Step!.Value, best.Stale));
        }
        SafeTensors.Write(file, tensors, metadata);
    }

    /// <summary>Reads the state; null where there is none.</summary>
    /// <exception cref="UrialException">The file is damaged.</exception>
    public TuningProgress? Read(FlatParameters parameters, AdamW optimiser, BestParameters best)
    {
        if (!File.Exists(file))
            return null;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var read = SafeTensors.Open(file);
        parameters.Master.copy_(read.Read("master"));
        optimiser.First.copy_(read.Read("first"));
        optimiser.Second.copy_(read.Read("second"));
        optimiser.Updates = int.Parse(read.Metadata["updates"], CultureInfo.InvariantCulture);
        parameters.Publish();
        if (read.Metadata.TryGetValue("best", out var text) && JsonSerializer.Deserialize<Measured>(text) is { } measured)
            best.Set(read.Read("best"), measured.Loss, measured.Step, measured.Stale);
        return new TuningProgress(int.Parse(read.Metadata["step"], CultureInfo.InvariantCulture),
            long.Parse(read.Metadata["tokens"], CultureInfo.InvariantCulture));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Measured(double Loss, int Step, int Stale);
}
