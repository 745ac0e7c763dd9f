namespace Urial;

/// <summary>The names and shapes of a decoder's weights in Hugging Face layout, by what its family calls them.</summary>
internal static class DecoderLayout
{
    public static string Embedding(DecoderConfig c) => $"{c.Family.Names.Model}{c.Family.Names.Embedding}.weight";

    public static string Block(DecoderConfig c, int layer) => $"{c.Family.Names.Model}{c.Family.Names.Blocks}{layer}.";

    /// <summary>
    /// Every weight the model needs, in reading order; matrices are [out, in], and [in, out] where the family is transposed.
    /// </summary>
    public static IReadOnlyDictionary<string, long[]> Shapes(DecoderConfig c)
    {
        var (family, names) = (c.Family, c.Family.Names);
        var shapes = new Dictionary<string, long[]>(StringComparer.Ordinal) { [Embedding(c)] = [c.VocabularySize, c.HiddenSize] };
        if (names.Positions is not null)
            shapes[$"{names.Model}{names.Positions}.weight"] = [c.MaxPositions, c.HiddenSize];
        var queries = (long)c.Heads * c.HeadDim;
        var keys = (long)c.KvHeads * c.HeadDim;
        for (var layer = 0; layer < c.Layers; layer++)
        {
            var at = Block(c, layer);
            Norm(at, names.BeforeAttention, c.HiddenSize);
            if (family.QueryKeyValue == QueryKeyValueForm.Separate)
            {
                Linear(at + names.Query, queries, c.HiddenSize, c.AttentionBias);
                Linear(at + names.Key, keys, c.HiddenSize, c.AttentionBias);
                Linear(at + names.Value, keys, c.HiddenSize, c.AttentionBias);
            }
            else
                Linear(at + names.Fused, queries + 2 * keys, c.HiddenSize, c.AttentionBias);
            Linear(at + names.Output, c.HiddenSize, queries, c.AttentionBias && family.OutputBias);
            if (family.QkNorm != QueryKeyNorm.None)
            {
                Norm(at, names.QueryNorm, family.QkNorm == QueryKeyNorm.Head ? c.HeadDim : queries);
                Norm(at, names.KeyNorm, family.QkNorm == QueryKeyNorm.Head ? c.HeadDim : keys);
            }
            Norm(at, names.AfterAttention, c.HiddenSize);
            Norm(at, names.BeforeFeedForward, c.HiddenSize);
            if (family.FeedForward == FeedForwardForm.FusedGate)
                Linear(at + names.GateAndUp, 2L * c.FeedForward, c.HiddenSize, c.MlpBias);
            else
            {
                if (family.FeedForward == FeedForwardForm.Gated)
                    Linear(at + names.Gate, c.FeedForward, c.HiddenSize, c.MlpBias);
                Linear(at + names.Up, c.FeedForward, c.HiddenSize, c.MlpBias);
            }
            Linear(at + names.Down, c.HiddenSize, c.FeedForward, c.MlpBias);
            Norm(at, names.AfterFeedForward, c.HiddenSize);
        }
        Norm(names.Model, names.FinalNorm, c.HiddenSize);
        if (!c.TiedHead)
            shapes[names.Head + ".weight"] = [c.VocabularySize, c.HiddenSize];
        return shapes;

        void Norm(string at, string? name, long width)
        {
            if (name is null)
                return;
            shapes[$"{at}{name}.weight"] = [width];
            if (family.Norm == NormForm.Layer)
                shapes[$"{at}{name}.bias"] = [width];
        }

        void Linear(string name, long output, long input, bool bias)
        {
            shapes[name + ".weight"] = family.Transposed ? [input, output] : [output, input];
            if (bias)
                shapes[name + ".bias"] = [output];
        }
    }

    /// <summary>
    /// The name that a stored tensor has here; null where it may be left unread: a tied head's copy, the constants that old files carry,
    /// the parts of a larger model that read no text. Files of a bare model lack what all names but the head's begin with.
    /// </summary>
    public static string? Known(string stored, DecoderConfig c, bool isBare)
    {
        var names = c.Family.Names;
        if (names.Passed.Any(start => stored.StartsWith(start, StringComparison.Ordinal)))
            return null;
        var renamed = Array.Find(names.Renamed, entry => stored.StartsWith(entry.Stored, StringComparison.Ordinal));
        var name = renamed.Stored is not null ? renamed.Known + stored[renamed.Stored.Length..] : stored;
        if (isBare && name != names.Head + ".weight")
            name = names.Model + name;
        return (c.TiedHead && name == names.Head + ".weight") || names.Constants.Any(end => name.EndsWith(end, StringComparison.Ordinal))
            ? null : name;
    }

    /// <summary>Whether stored names lack the family's beginning: those of a model without its head.</summary>
    public static bool IsBare(IEnumerable<string> stored, DecoderConfig c)
    {
        var embedding = c.Family.Names.Embedding + ".weight";
        return stored.Contains(embedding) && !stored.Any(name => Known(name, c, false) == Embedding(c));
    }

    /// <summary>Names what is missing, misshapen or unknown.</summary>
    /// <param name="config">What the weights are for.</param>
    /// <param name="found">Their shapes by the names they have here.</param>
    /// <param name="source">Where they come from, for the message.</param>
    /// <param name="file">Where one of them comes from; null: from the source.</param>
    public static void Check(DecoderConfig config, IReadOnlyDictionary<string, long[]> found, string source,
        Func<string, string>? file = null)
    {
        var needed = Shapes(config);
        string[] missing = [.. needed.Keys.Where(name => !found.ContainsKey(name))];
        if (missing.Length > 0)
            throw new UrialException($"{source} lacks {missing.Length} of {needed.Count} weights that its configuration asks "
                + $"for: {SafeTensors.Excerpt(missing)}. The files are incomplete or from another model.");
        string[] extra = [.. found.Keys.Where(name => !needed.ContainsKey(name))];
        if (extra.Length > 0)
            throw new UrialException($"{source} holds {extra.Length} weights that its configuration knows no use "
                + $"for: {SafeTensors.Excerpt(extra)}{(file is null ? "" : $" ({file(extra[0])})")}. Using it without them would compute "
                + "another model.");
        foreach (var (name, shape) in needed)
            if (!shape.SequenceEqual(found[name]))
                throw new UrialException($"{file?.Invoke(name) ?? source}: weight '{name}' has shape [{string.Join(", ", found[name])}], "
                    + $"and the configuration asks for [{string.Join(", ", shape)}].");
    }
}
