using System.Text.Json;

namespace Urial;

/// <summary>One run of <c>urial tune sft</c> on the real base, as its manifest tells it.</summary>
/// <param name="Examples">How many written answers it was tuned on.</param>
/// <param name="Epochs">How many times it saw each.</param>
/// <param name="Rate">The learning rate at its highest.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="KeptStep">The step whose parameters had the lowest dev loss, and were kept.</param>
/// <param name="DevLoss">Their loss over the dev answers, nats per answer token, end of turn included.</param>
public sealed record RealTuning(int Examples, int Epochs, double Rate, int Steps, int KeptStep, double DevLoss)
{
    /// <summary>Reads a manifest.</summary>
    /// <param name="file">The manifest that <c>urial tune sft</c> wrote.</param>
    /// <exception cref="UrialException">It cannot be read, or holds something else.</exception>
    internal static RealTuning Read(string file)
    {
        try
        {
            using var manifest = JsonDocument.Parse(InputFile.Bytes(file, "manifest of a tuning run"));
            var (whole, settings) = (manifest.RootElement, manifest.RootElement.GetProperty("settings"));
            return new RealTuning(whole.GetProperty("examples").GetInt32(), settings.GetProperty("epochs").GetInt32(),
                settings.GetProperty("learning_rate").GetDouble(), whole.GetProperty("steps").GetInt32(),
                whole.GetProperty("kept_step").GetInt32(), whole.GetProperty("dev_loss").GetDouble());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UrialException($"{file} is no manifest of `urial tune sft` ({e.Message}). Restore it from git.", e);
        }
    }
}
