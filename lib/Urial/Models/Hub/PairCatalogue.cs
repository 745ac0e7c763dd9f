using System.Text.Json;

namespace Urial;

/// <summary>Pairs on the hub that are ready to use: the file <c>data/models/catalogue.json</c>.</summary>
public static class PairCatalogue
{
    private static readonly Lazy<IReadOnlyList<CataloguePair>> Kept =
        new(() => Read(Repository.Path("data", "models", "catalogue.json")));

    /// <summary>All pairs, the smallest first.</summary>
    /// <exception cref="UrialException">The file is missing or damaged.</exception>
    public static IReadOnlyList<CataloguePair> Pairs => Kept.Value;

    /// <summary>A pair by its name.</summary>
    /// <param name="name">Such as <c>smollm2-135m</c>.</param>
    /// <exception cref="UrialException">There is none; the message lists them.</exception>
    public static CataloguePair Find(string name) => Pairs.FirstOrDefault(pair => pair.Name == name) ?? throw new UrialException(
        $"The catalogue has no pair '{name}'. It has {string.Join(", ", Pairs.Select(pair => pair.Name))}.");

    internal static IReadOnlyList<CataloguePair> Read(string path)
    {
        try
        {
            var json = InputFile.Json(path, "catalogue");
            var models = json.GetProperty("models").EnumerateObject().ToDictionary(one => one.Name, one => new CatalogueModel(
                HubId.Parse(one.Name).Name, one.Value.GetProperty("revision").GetString()!, one.Value.GetProperty("parameters").GetInt64(),
                one.Value.GetProperty("download_bytes_about").GetInt64(), one.Value.GetProperty("licence").GetString()!,
                one.Value.GetProperty("gated").GetBoolean(), JsonText.Field(one.Value, "note")));
            return [.. json.GetProperty("pairs").EnumerateArray().Select(pair => new CataloguePair(pair.GetProperty("name").GetString()!,
                models[pair.GetProperty("base").GetString()!], models[pair.GetProperty("aligned").GetString()!],
                JsonText.Field(pair, "note"))).OrderBy(pair => pair.MemoryBytes)];
        }
        catch (Exception problem) when (problem is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UrialException($"'{path}' is no catalogue of pairs: {problem.Message} Restore it from the repository.", problem);
        }
    }
}
