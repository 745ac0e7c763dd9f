using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>Reads an adapter's folder against the base that it is for.</summary>
internal static class AdapterReader
{
    public static LowRankAdapter Read(string directory, DecoderConfig config)
    {
        var adapter = AdapterConfig.Load(directory);
        CheckClass(adapter, config, Path.Combine(directory, AdapterConfig.FileName));
        var path = Path.Combine(directory, LowRankAdapter.FileName);
        if (!Path.Exists(path))
            throw Directory.EnumerateFiles(directory, "adapter_model.*").Order(StringComparer.Ordinal).FirstOrDefault() is { } pickle
                ? new UrialException($"'{directory}' holds its matrices as a pickle file only ({Path.GetFileName(pickle)}). Reading a "
                    + "pickle runs whatever program is in it, so this library does not. Load it with PEFT and save it again: "
                    + "save_pretrained(..., safe_serialization=True).")
                : new UrialException($"'{directory}' holds no {LowRankAdapter.FileName}, where an adapter's matrices are. Download it into "
                    + "that folder.");
        using var noGrad = no_grad();
        using var file = SafeTensors.Open(path);
        var (held, passed) = Held(file, config, adapter);
        var targets = new AdapterTargets(adapter, config, Path.Combine(directory, AdapterConfig.FileName),
            held.ToDictionary(entry => entry.Key, entry => entry.Value.Module));
        var wanted = targets.Find(passed);
        string[] missing = [.. wanted.Where(weight => !held.ContainsKey(weight)).Select(targets.Stored)];
        if (missing.Length > 0)
            throw new UrialException($"'{path}' lacks the matrices of {missing.Length} of {wanted.Count} modules that target_modules in "
                + $"{AdapterConfig.FileName} asks for in this base: {SafeTensors.Excerpt(missing)}. It is incomplete, or for another "
                + $"base{targets.Named()}.");
        string[] surplus = [.. held.Keys.Except(wanted).Select(targets.Stored)];
        if (surplus.Length > 0)
            throw new UrialException($"'{path}' holds matrices of {surplus.Length} modules that target_modules in "
                + $"{AdapterConfig.FileName} does not name: {SafeTensors.Excerpt(surplus)}. The two files are not of one adapter: get both "
                + "again.");
        var read = LowRankAdapter.Empty(adapter);
        try
        {
            var shapes = DecoderLayout.Shapes(config);
            foreach (var weight in wanted)
                Add(read, weight, held[weight], file, shapes[weight], config);
            return read;
        }
        catch
        {
            read.Dispose();
            throw;
        }
    }

    private static void Add(LowRankAdapter adapter, string weight, Pair pair, SafeTensors file, long[] shape, DecoderConfig config)
    {
        if (pair.A is null || pair.B is null)
        {
            var lacking = pair.A is null ? 'A' : 'B';
            throw new UrialException($"'{file.Path}' holds '{(pair.A ?? pair.B)!.Name}' and not the matrix {lacking} that belongs to it "
                + $"('{AdapterKeys.Of(pair.Module, lacking)}'). Download the file again.");
        }
        var (output, input) = config.Family.Transposed ? (shape[1], shape[0]) : (shape[0], shape[1]);
        var rank = adapter.Config.RankOf(pair.Module);
        Check(pair.A, rank, input);
        Check(pair.B, output, rank);
        adapter.Add(weight, pair.Module, Wide(pair.A), Wide(pair.B));

        void Check(TensorInfo found, long rows, long columns)
        {
            if (found.Shape is not [var r, var c] || (r, c) != (rows, columns))
                throw new UrialException($"'{file.Path}': '{found.Name}' has shape {found.ShapeText}, and a rank of {rank} "
                    + $"({AdapterConfig.FileName}) with '{weight}' of the base, which is [{string.Join(", ", shape)}], asks for "
                    + $"[{rows}, {columns}]. The adapter is for another base"
                    + $"{(adapter.Config.Base is { } name ? $" ({name})" : "")}, or its two files are not of one adapter.");
            if (found.DType is not ("F32" or "BF16" or "F16" or "F64"))
                throw new UrialException($"'{file.Path}': '{found.Name}' is stored as {found.DType}, which is not supported. Save the "
                    + "adapter as F32, BF16 or F16.");
        }

        Tensor Wide(TensorInfo info)
        {
            using var stored = file.Read(info.Name);
            return stored.to(ScalarType.Float32, copy: true);
        }
    }

    /// <summary>What the file holds, by the weights that it is for; and the modules of parts that read no text.</summary>
    private static (Dictionary<string, Pair> Held, List<string> Passed) Held(SafeTensors file, DecoderConfig config, AdapterConfig adapter)
    {
        var (held, passed, odd) = (new Dictionary<string, Pair>(StringComparer.Ordinal), new List<string>(), new List<string>());
        var shapes = DecoderLayout.Shapes(config);
        foreach (var info in file.Tensors.Values)
        {
            if (AdapterKeys.Parse(info.Name) is not var (module, part))
            {
                odd.Add(info.Name);
                continue;
            }
            if (config.Family.Names.Passed.Any(start => module.StartsWith(start, StringComparison.Ordinal)))
            {
                passed.Add(module);
                continue;
            }
            if (AdapterKeys.Weight(module, config, shapes) is not { } weight)
            {
                odd.Add(info.Name);
                continue;
            }
            var pair = held.GetValueOrDefault(weight) ?? new Pair(module, null, null);
            if ((part == 'A' ? pair.A : pair.B) is { } twice)
                throw new UrialException($"'{file.Path}' holds '{info.Name}' and '{twice.Name}', which are the same matrix: it holds more "
                    + "than one adapter. Save each on its own with PEFT (save_pretrained(..., selected_adapters=[…])).");
            held[weight] = part == 'A' ? pair with { A = info } : pair with { B = info };
        }
        if (odd.Count > 0)
            throw Odd(odd, file.Path, config, adapter, shapes);
        return (held, passed);
    }

    private static UrialException Odd(
        List<string> odd, string path, DecoderConfig config, AdapterConfig adapter, IReadOnlyDictionary<string, long[]> shapes)
    {
        if (odd.FirstOrDefault(name => name.Contains("lora_embedding_", StringComparison.Ordinal)) is { } embedding)
            return new UrialException($"'{path}' holds '{embedding}': the adapter changes the embedding, which is not supported. "
                + LowRankAdapter.MergeThere);
        var tied = config.Family.Names.Head;
        if (config.TiedHead && odd.FirstOrDefault(name => AdapterKeys.Parse(name) is var (module, _) && AdapterConfig.IsNamed(module, tied))
            is { } head)
            return new UrialException($"'{path}' holds '{head}': the adapter changes the head, which in this base is the embedding too "
                + $"(tie_word_embeddings). {LowRankAdapter.MergeThere}");
        if (odd.FirstOrDefault(name => Whole(AdapterKeys.Plain(name).Replace(".base_layer.", ".", StringComparison.Ordinal))) is { } whole)
            return new UrialException($"'{path}' holds '{whole}', a whole weight of the base beside the adapter's matrices (PEFT stores "
                + $"embedding and head where the vocabulary was extended), which is not supported. {LowRankAdapter.MergeThere}");
        return new UrialException($"'{path}' holds {odd.Count} tensors that have no place in the base, a {config.ModelType} model of "
            + $"{config.Layers} layers: {SafeTensors.Excerpt(odd)}. The adapter is for another base"
            + $"{(adapter.Base is { } named ? $": {named}" : "")}. Name that.");

        bool Whole(string name) => name.EndsWith(".weight", StringComparison.Ordinal)
            && (name == tied + ".weight" || AdapterKeys.Weight(AdapterKeys.Module(name), config, shapes) is not null);
    }

    /// <summary>Refuses a base of another family than the adapter's, where its configuration names a class that is known.</summary>
    private static void CheckClass(AdapterConfig adapter, DecoderConfig config, string path)
    {
        if (adapter.BaseClass is { } name && DecoderFamilies.All.Values.FirstOrDefault(family => Has(family, name)) is { } other
            && !Has(config.Family, name))
            throw new UrialException($"'{path}': the adapter is for a {name} ({other.ModelType}), and the base is a "
                + $"{config.Family.Architecture} ({config.ModelType}). Name the base that it was trained on"
                + $"{(adapter.Base is { } named ? $" ({named})" : "")}.");

        static bool Has(DecoderFamily family, string name) => family.Architecture == name || family.Within?.Architecture == name;
    }

    private sealed record Pair(string Module, TensorInfo? A, TensorInfo? B);
}
