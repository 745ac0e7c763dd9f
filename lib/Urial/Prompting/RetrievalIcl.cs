namespace Urial;

/// <summary>
/// In-context learning with examples chosen for each query: the most similar of a pool, the most similar last, next to the query.
/// In a conversation the last query chooses.
/// </summary>
public sealed class RetrievalIcl : IPromptStyle
{
    private readonly IExampleIndex index;
    private readonly int count;
    private readonly string source;

    /// <summary>A prompt of retrieved examples.</summary>
    /// <param name="index">Finds them.</param>
    /// <param name="count">How many.</param>
    /// <param name="source">Where the pool comes from, for the provenance.</param>
    /// <exception cref="UrialException">The pool has fewer.</exception>
    public RetrievalIcl(IExampleIndex index, int count, string source = "a pool given in code")
    {
        if (count < 1 || count > index.Pool.Count)
            throw new UrialException($"Retrieval ICL cannot show {count} examples: the pool ({source}) has {index.Pool.Count}. Ask for 1 to {index.Pool.Count}.");
        (this.index, this.count, this.source) = (index, count, source);
    }

    /// <inheritdoc/>
    public string Name => "retrieval-icl";

    /// <inheritdoc/>
    public PromptText Prompt(IReadOnlyList<ChatMessage> conversation)
    {
        var turns = Conversation.Of(conversation);
        var nearest = index.Nearest(turns.Query, count).Reverse().ToArray();
        return VanillaIcl.Write(turns, [.. nearest.Select(place => index.Pool[place])],
            $"retrieval ICL, K = {count} by {index.Name}, examples {string.Join(", ", nearest.Select(place => place + 1))} of {source}, {PromptLayout.Fenced}");
    }
}
