using System.Globalization;

namespace Urial.Cli;

/// <summary>The catalogue of ready pairs as lines.</summary>
internal static class CatalogueView
{
    private const string Row = "{0,-22} {1,10} {2,10} {3,-4} {4,-26} {5}";

    /// <summary>Prints pairs, each with its two models below.</summary>
    public static void Print(IReadOnlyList<CataloguePair> pairs, TextWriter output)
    {
        output.WriteLine(string.Format(CultureInfo.InvariantCulture, Row, "pair", "download", "memory", "on", "licence", ""));
        foreach (var pair in pairs)
        {
            output.WriteLine(string.Format(CultureInfo.InvariantCulture, Row, pair.Name, FetchProgress.Bytes(pair.DownloadBytes),
                FetchProgress.Bytes(pair.MemoryBytes), pair.Device.ToUpperInvariant(), pair.Licence,
                pair.IsGated ? "gated: needs HF_TOKEN" : "").TrimEnd());
            output.WriteLine($"    base     {pair.Base}");
            output.WriteLine($"    aligned  {pair.Aligned}");
            foreach (var note in pair.Notes)
                output.WriteLine($"    {note}");
        }
        output.WriteLine("Sizes are approximate and of both models together: download as stored, memory for the weights in f32. CPU: fits "
            + "a computer with 16 GB; GPU: too large or too slow for it. Fetch with urial fetch ID; name a model by its ID wherever a "
            + "command takes --model, --base or --aligned, and in ModelPair.FromHub.");
    }
}
