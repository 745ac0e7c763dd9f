using static TorchSharp.torch;

namespace Urial;

/// <summary>A decoder's way from and to a folder in Hugging Face layout.</summary>
internal static class DecoderFiles
{
    public static Decoder Load(string directory, Precision precision)
    {
        var config = DecoderConfig.Load(directory);
        using var noGrad = no_grad();
        using var checkpoint = Checkpoint.Open(directory);
        DecoderLayout.Check(config, checkpoint.Tensors.ToDictionary(info => info.Name, info => info.Shape), $"'{directory}'");
        if (checkpoint.Tensors.FirstOrDefault(info => info.DType is not ("F32" or "BF16" or "F16" or "F64")) is { } odd)
            throw new UrialException($"'{directory}': weight '{odd.Name}' is stored as {odd.DType}: quantised models are not supported. "
                + "Use a version stored as F32, BF16 or F16.");
        var weights = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var name in DecoderLayout.Shapes(config).Keys)
        {
            var stored = checkpoint.Read(name);
            var weight = stored.to(precision.ScalarType());
            if (!ReferenceEquals(stored, weight) && weight.Handle != stored.Handle)
                stored.Dispose();
            weights[name] = weight;
        }
        return new Decoder(config, weights) { IsFixed = true };
    }

    public static void Save(Decoder decoder, string directory, Precision precision)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        AtomicFile.WriteText(Path.Combine(directory, "config.json"), decoder.Config.ToJson(precision));
        AtomicFile.WriteText(Path.Combine(directory, "generation_config.json"), decoder.Config.ToGenerationJson());
        SafeTensors.Write(Path.Combine(directory, "model.safetensors"),
            decoder.Weights.Select(w => (w.Key, w.Value.detach().to(precision.ScalarType()))));
    }
}
