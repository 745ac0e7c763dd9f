using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models.Adapters;

/// <summary>An adapter's folder as PEFT lays it out, made without the code that is tested, and what it does to weights, by hand.</summary>
internal sealed class MadeAdapter : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _base;
    private readonly Dictionary<string, (float[,] A, float[,] B)> _matrices = new(StringComparer.Ordinal);

    private MadeAdapter(string @base) => _base = @base;

    /// <summary>The adapter's folder.</summary>
    public string Root => _folder.Root;

    /// <summary>The tensors of its file, by their names.</summary>
    public Dictionary<string, float[,]> Tensors { get; } = new(StringComparer.Ordinal);

    public string File(string name) => _folder.File(name);

    public static string Golden(string model) => Repository.Path("tests", "golden", "models", model);

    /// <summary>Makes an adapter for the weights of a base whose modules end with one of the targets.</summary>
    /// <param name="base">The base's folder.</param>
    /// <param name="targets">What modules end with.</param>
    /// <param name="rank">Rank of a module.</param>
    /// <param name="key">A module's name in the file; null: behind <c>base_model.model.</c></param>
    /// <param name="transposed">Whether the base's matrices are [in, out].</param>
    /// <param name="config">Changes the configuration.</param>
    /// <param name="suffix">What stands behind lora_A in names.</param>
    public static MadeAdapter Of(string @base, string[] targets, Func<string, int>? rank = null, Func<string, string>? key = null,
        bool transposed = false, Action<JsonObject>? config = null, string suffix = ".weight")
    {
        var made = new MadeAdapter(@base);
        using (var file = SafeTensors.Open(Path.Combine(@base, "model.safetensors")))
            foreach (var info in file.Tensors.Values.OrderBy(info => info.Name, StringComparer.Ordinal))
            {
                if (!info.Name.EndsWith(".weight", StringComparison.Ordinal) || info.Shape.Length != 2)
                    continue;
                var module = info.Name[..^".weight".Length];
                if (!targets.Any(target => module.EndsWith("." + target, StringComparison.Ordinal)))
                    continue;
                var (output, input) = transposed ? (info.Shape[1], info.Shape[0]) : (info.Shape[0], info.Shape[1]);
                var r = rank?.Invoke(module) ?? 2;
                var (a, b) = (Waves(r, input, module.Length + made._matrices.Count), Waves(output, r, 7 + made._matrices.Count));
                made._matrices.Add(info.Name, (a, b));
                var name = key?.Invoke(module) ?? "base_model.model." + module;
                (made.Tensors[$"{name}.lora_A{suffix}"], made.Tensors[$"{name}.lora_B{suffix}"]) = (a, b);
            }
        made.WriteTensors();
        made.WriteConfig(json =>
        {
            json["target_modules"] = new JsonArray([.. targets.Select(target => JsonValue.Create(target))]);
            json["fan_in_fan_out"] = transposed;
            json["base_model_name_or_path"] = @base;
            config?.Invoke(json);
        });
        return made;
    }

    public void WriteTensors(ScalarType type = ScalarType.Float32)
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(File("adapter_model.safetensors"), Tensors.Select(entry => (entry.Key, tensor(entry.Value).to(type))));
    }

    /// <summary>The fields that PEFT 0.17 writes, all of them.</summary>
    public void WriteConfig(Action<JsonObject> change)
    {
        var json = JsonNode.Parse("""
            {"alpha_pattern": {}, "auto_mapping": null, "base_model_name_or_path": null, "bias": "none", "corda_config": null,
             "eva_config": null, "exclude_modules": null, "fan_in_fan_out": false, "inference_mode": true, "init_lora_weights": true,
             "layer_replication": null, "layers_pattern": null, "layers_to_transform": null, "loftq_config": {}, "lora_alpha": 6,
             "lora_bias": false, "lora_dropout": 0.05, "megatron_config": null, "megatron_core": "megatron.core",
             "modules_to_save": null, "peft_type": "LORA", "qalora_group_size": 16, "r": 2, "rank_pattern": {}, "revision": null,
             "target_modules": [], "target_parameters": null, "task_type": "CAUSAL_LM", "trainable_token_indices": null,
             "use_dora": false, "use_qalora": false, "use_rslora": false}
            """)!.AsObject();
        change(json);
        System.IO.File.WriteAllText(File("adapter_config.json"), json.ToJsonString());
    }

    public void ChangeConfig(Action<JsonObject> change)
    {
        var json = JsonNode.Parse(System.IO.File.ReadAllText(File("adapter_config.json")))!.AsObject();
        change(json);
        System.IO.File.WriteAllText(File("adapter_config.json"), json.ToJsonString());
    }

    /// <summary>The weights of the base with the adapter's change, each sum in double precision.</summary>
    /// <param name="scale">What B·A is multiplied by, for a weight; 0 leaves it as it is.</param>
    /// <param name="transposed">Whether matrices are [in, out].</param>
    public Dictionary<string, float[]> Merged(Func<string, double> scale, bool transposed = false)
    {
        var merged = new Dictionary<string, float[]>(StringComparer.Ordinal);
        using var file = SafeTensors.Open(Path.Combine(_base, "model.safetensors"));
        foreach (var info in file.Tensors.Values)
        {
            using var stored = file.Read(info.Name);
            float[] values = [.. stored.to(ScalarType.Float32).data<float>()];
            if (_matrices.TryGetValue(info.Name, out var pair))
                for (var row = 0; row < info.Shape[0]; row++)
                    for (var column = 0; column < info.Shape[1]; column++)
                    {
                        var (o, i) = transposed ? (column, row) : (row, column);
                        var sum = 0.0;
                        for (var k = 0; k < pair.A.GetLength(0); k++)
                            sum += (double)pair.B[o, k] * pair.A[k, i];
                        values[row * info.Shape[1] + column] = (float)(values[row * info.Shape[1] + column] + scale(info.Name) * sum);
                    }
            merged[info.Name] = values;
        }
        return merged;
    }

    /// <summary>A folder with a model of given weights, the rest as in the base.</summary>
    public TemporaryFolder Model(IReadOnlyDictionary<string, float[]> weights)
    {
        var folder = new TemporaryFolder();
        foreach (var path in Directory.GetFiles(_base))
            System.IO.File.Copy(path, folder.File(Path.GetFileName(path)));
        using var scope = NewDisposeScope();
        using (var file = SafeTensors.Open(Path.Combine(_base, "model.safetensors")))
            SafeTensors.Write(folder.File("model.safetensors"),
                weights.Select(weight => (weight.Key, tensor(weight.Value).view(file.Tensors[weight.Key].Shape))));
        return folder;
    }

    public void Dispose() => _folder.Dispose();

    private static float[,] Waves(long rows, long columns, int phase)
    {
        var values = new float[rows, columns];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                values[row, column] = (float)(0.3 * Math.Sin(1.7 * row + 0.9 * column + phase));
        return values;
    }
}
