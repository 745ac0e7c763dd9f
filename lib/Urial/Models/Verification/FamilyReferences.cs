namespace Urial;

/// <summary>
/// What can be checked of a model that comes without reference logits: its architecture, by the small models of the same type whose logits
/// another implementation computed (<c>tests/golden/models</c>: transformers, f32).
/// </summary>
public static class FamilyReferences
{
    /// <summary>Compares every reference of a model type, in order of their names; empty where there is none.</summary>
    /// <param name="modelType">The type, as <c>config.json</c> names it: <c>llama</c>, <c>qwen3</c>.</param>
    /// <exception cref="UrialException">A reference cannot be read.</exception>
    public static IReadOnlyList<(string Name, GoldenReport Report)> Compare(string modelType)
    {
        var compared = new List<(string, GoldenReport)>();
        foreach (var folder in Directory.GetDirectories(Repository.Path("tests", "golden", "models")).Order(StringComparer.Ordinal))
        {
            if (JsonText.Field(InputFile.Json(Path.Combine(folder, "config.json"), "config"), "model_type") != modelType)
                continue;
            using var decoder = Decoder.Load(folder);
            compared.Add((Path.GetFileName(folder), GoldenCheck.Compare(decoder, Path.Combine(folder, "golden.safetensors"))));
        }
        return compared;
    }
}
