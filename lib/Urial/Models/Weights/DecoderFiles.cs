using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>A decoder's way from and to a folder in Hugging Face layout.</summary>
internal static class DecoderFiles
{
    /// <summary>Reads a folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="precision">The format to compute in.</param>
    /// <param name="adapter">The folder of an adapter, which is merged into the weights; null for none.</param>
    public static Decoder Load(string directory, Precision precision, string? adapter = null)
    {
        var config = DecoderConfig.Load(directory);
        if (adapter is not null)
        {
            AdapterFolder.CheckFamily(adapter, config);
            config = AdapterFolder.WithEnds(config, adapter, new FileLayers(adapter, directory));
        }
        using var merged = adapter is null ? null : LowRankAdapter.Read(adapter, config);
        using var noGrad = no_grad();
        using var checkpoint = Checkpoint.Open(directory);
        var stored = Known(checkpoint, config);
        DecoderLayout.Check(config, stored.ToDictionary(entry => entry.Key, entry => entry.Value.Shape), $"'{directory}'",
            name => $"'{checkpoint.FileOf(stored[name].Name)}'");
        if (stored.Values.FirstOrDefault(info => info.DType is not ("F32" or "BF16" or "F16" or "F64")) is { } odd)
            throw new UrialException($"'{checkpoint.FileOf(odd.Name)}': weight '{odd.Name}' is stored as {odd.DType}: quantised models are "
                + "not supported. Use a version stored as F32, BF16 or F16.");
        var weights = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        try
        {
            var device = ComputeDevices.Current;
            foreach (var name in DecoderLayout.Shapes(config).Keys)
            {
                weights[name] = Read(checkpoint, stored[name].Name, precision.ScalarType());
                if (merged is not null && merged.Matrices.ContainsKey(name))
                {
                    using var plain = weights[name];
                    weights[name] = merged.Merged(name, plain, config.Family.Transposed);
                }
                if (device.type == DeviceType.CPU)
                    continue;
                using var here = weights[name];
                weights[name] = here.to(device);
            }
            return new Decoder(config, weights) { IsFixed = true };
        }
        catch
        {
            foreach (var weight in weights.Values)
                weight.Dispose();
            throw;
        }
    }

    public static void Save(Decoder decoder, string directory, Precision precision)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        AtomicFile.WriteText(Path.Combine(directory, "config.json"), decoder.Config.ToJson(precision));
        AtomicFile.WriteText(Path.Combine(directory, "generation_config.json"), decoder.Config.ToGenerationJson());
        SafeTensors.Write(Path.Combine(directory, "model.safetensors"),
            decoder.Weights.Select(w => (w.Key, w.Value.detach().cpu().to(precision.ScalarType()))));
    }

    /// <summary>What is stored and needed, by the names that the family has for it.</summary>
    private static Dictionary<string, TensorInfo> Known(Checkpoint checkpoint, DecoderConfig config)
    {
        var isBare = DecoderLayout.IsBare(checkpoint.Tensors.Select(info => info.Name), config);
        var known = new Dictionary<string, TensorInfo>(StringComparer.Ordinal);
        foreach (var info in checkpoint.Tensors)
            if (DecoderLayout.Known(info.Name, config, isBare) is { } name && !known.TryAdd(name, info))
                throw new UrialException($"'{checkpoint.FileOf(info.Name)}' holds '{info.Name}', and '{known[name].Name}' is the same "
                    + "weight under another name. Download the model again.");
        return known;
    }

    private static Tensor Read(Checkpoint checkpoint, string name, ScalarType type)
    {
        if (SafeTensorsHeader.TypeOf(checkpoint.FormatOf(name)) == type)
            return checkpoint.MapOrRead(name);
        using var stored = checkpoint.Read(name);
        return stored.to(type);
    }
}
