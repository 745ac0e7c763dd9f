namespace Urial;

/// <summary>Which weights of a decoder an adapter in training may change.</summary>
internal static class TrainableMatrices
{
    /// <summary>All matrices of the blocks, in reading order.</summary>
    public static IReadOnlyList<string> OfBlocks(DecoderConfig config)
    {
        string[] blocks = [.. Enumerable.Range(0, config.Layers).Select(layer => DecoderLayout.Block(config, layer))];
        return [.. DecoderLayout.Shapes(config).Where(weight => weight.Value.Length == 2
            && blocks.Any(block => weight.Key.StartsWith(block, StringComparison.Ordinal))).Select(weight => weight.Key)];
    }
}
