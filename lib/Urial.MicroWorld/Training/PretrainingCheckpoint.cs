using System.Globalization;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial.MicroWorld;

/// <summary>Writes and reads the state of a pre-training run in one file, replaced as a whole.</summary>
internal static class PretrainingCheckpoint
{
    /// <summary>Writes the state; a run killed meanwhile leaves the file before it.</summary>
    public static void Write(string file, int step, StreamState stream, FlatParameters parameters, AdamW optimiser,
        PretrainingOptions options)
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(file,
            [("first", optimiser.First), ("left", tensor(stream.Left, ScalarType.Int64)), ("master", parameters.Master),
                ("second", optimiser.Second)],
            new Dictionary<string, string>
            {
                ["step"] = step.ToString(CultureInfo.InvariantCulture),
                ["updates"] = optimiser.Updates.ToString(CultureInfo.InvariantCulture),
                ["next_document"] = stream.NextDocument.ToString(CultureInfo.InvariantCulture),
                ["options"] = JsonSerializer.Serialize(options),
            });
    }

    /// <summary>Reads the state into <paramref name="parameters"/> and <paramref name="optimiser"/>.</summary>
    /// <returns>The next step and the stream's state.</returns>
    /// <exception cref="UrialException">The file belongs to a run with other settings.</exception>
    public static (int Step, StreamState Stream) Read(string file, FlatParameters parameters, AdamW optimiser, PretrainingOptions options)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var read = SafeTensors.Open(file);
        var now = JsonSerializer.Serialize(options);
        if (read.Metadata["options"] != now)
            throw new UrialException($"{file} was written by a run with other settings ({read.Metadata["options"]}; now {now}). " +
                "Use the same settings, or another folder to start anew.");
        parameters.Master.copy_(read.Read("master"));
        optimiser.First.copy_(read.Read("first"));
        optimiser.Second.copy_(read.Read("second"));
        optimiser.Updates = int.Parse(read.Metadata["updates"], CultureInfo.InvariantCulture);
        parameters.Publish();
        var left = read.Read("left").data<long>().ToArray();
        return (int.Parse(read.Metadata["step"], CultureInfo.InvariantCulture),
            new StreamState(long.Parse(read.Metadata["next_document"], CultureInfo.InvariantCulture), left));
    }
}
