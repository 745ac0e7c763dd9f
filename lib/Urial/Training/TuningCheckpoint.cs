using System.Globalization;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>The state of a tuning run in one file, replaced as a whole: a run that is killed meanwhile leaves the file before it.</summary>
/// <param name="file">The file.</param>
/// <param name="every">Steps between two writes.</param>
/// <param name="curve">The curve, which must not lag behind the state; null: none is kept.</param>
internal sealed class TuningCheckpoint(string file, int every, TrainingCurve? curve = null)
{
    /// <summary>Writes the state where it is time to, or <paramref name="at"/> says so.</summary>
    public void Write(TuningProgress done, FlatParameters parameters, AdamW optimiser, BestParameters best, bool at)
    {
        if (!at && done.Steps % every != 0)
            return;
        curve?.Write();
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
        try
        {
            using var read = SafeTensors.Open(file);
            var measured = read.Metadata.TryGetValue("best", out var text) ? JsonSerializer.Deserialize<Measured>(text) : null;
            string[] names = ["master", "first", "second", .. measured is null ? Array.Empty<string>() : ["best"]];
            if (names.FirstOrDefault(name => read.Tensors[name].Shape is not [var count] || count != parameters.Master.numel()) is { } odd)
                throw new InvalidDataException($"'{odd}' has another number of values than the adapter.");
            parameters.Master.copy_(read.Read("master"));
            optimiser.First.copy_(read.Read("first"));
            optimiser.Second.copy_(read.Read("second"));
            optimiser.Updates = int.Parse(read.Metadata["updates"], CultureInfo.InvariantCulture);
            parameters.Publish();
            if (measured is not null)
                best.Set(read.Read("best"), measured.Loss, measured.Step, measured.Stale);
            var step = int.Parse(read.Metadata["step"], CultureInfo.InvariantCulture);
            if (curve is not null && !curve.Covers(step))
                throw new InvalidDataException($"it stands at step {step}, and the training curve beside it has not all steps up to "
                    + "there.");
            return new TuningProgress(step, long.Parse(read.Metadata["tokens"], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is KeyNotFoundException or FormatException or OverflowException or JsonException
            or InvalidDataException or UrialException)
        {
            throw new UrialException($"The run cannot go on from the checkpoint {file}: {e.Message} Delete it, and the run begins "
                + "anew.", e);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Measured(double Loss, int Step, int Stale);
}
