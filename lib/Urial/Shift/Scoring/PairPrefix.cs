namespace Urial;

/// <summary>
/// What the prompts of many answers begin with, read once by each model of a pair, so that a constant prompt is paid for once.
/// </summary>
internal sealed class PairPrefix : IDisposable
{
    /// <summary>Of caches that were read before; whoever disposes of this disposes of them.</summary>
    public PairPrefix(PrefixCache? @base, PrefixCache? aligned) => (Base, Aligned) = (@base, aligned);

    /// <summary>The base model's; null where there is too little in common, or nothing would be gained.</summary>
    public PrefixCache? Base { get; }

    /// <summary>The aligned model's.</summary>
    public PrefixCache? Aligned { get; }

    /// <summary>Reads what the prompts have in common.</summary>
    /// <param name="pair">The models.</param>
    /// <param name="queries">Their prompts.</param>
    public static PairPrefix Of(ModelPair pair, IReadOnlyList<PreparedQuery> queries) =>
        new(Read(pair.Base, queries, query => query.Base), Read(pair.Aligned, queries, query => query.Aligned));

    /// <inheritdoc/>
    public void Dispose()
    {
        Base?.Dispose();
        Aligned?.Dispose();
    }

    private static PrefixCache? Read(LanguageModel model, IReadOnlyList<PreparedQuery> queries, Func<PreparedQuery, SidePrompt> side)
    {
        if (queries.Count < 2 || model.Decoder.Packed is null)
            return null;
        try
        {
            return model.Prefix([.. queries.Select(query => side(query).Tokens.Ids)]);
        }
        catch (UrialException)
        {
            return null; // prompts that cannot be read say so one by one
        }
    }
}
