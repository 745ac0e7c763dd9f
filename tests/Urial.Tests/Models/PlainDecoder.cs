namespace Urial.Tests.Models;

/// <summary>A decoder that is not packed: its weights count as ones that may still change.</summary>
internal static class PlainDecoder
{
    public static Decoder Load(string directory)
    {
        using var loaded = Decoder.Load(directory);
        return new Decoder(loaded.Config, loaded.Weights.ToDictionary(weight => weight.Key, weight => weight.Value.clone()));
    }
}
