namespace Urial;

/// <summary>
/// In-context learning with examples chosen for each query: the most similar of a pool, the most similar last, next to the query.
/// In a conversation the last query chooses.
/// </summary>
public sealed class RetrievalIcl : IPromptStyle
{
    private readonly IExampleIndex _index;
    private readonly int _count;
    private readonly string _source;

    /// <summary>A prompt of retrieved examples.</summary>
    /// <param name="index">Finds them.</param>
    /// <param name="count">How many.</param>
    /// <param name="source">Where the pool comes from, for the provenance.</param>
    /// <exception cref="UrialException">The pool has fewer.</exception>
    public RetrievalIcl(IExampleIndex index, int count, string source = "a pool given in code")
    {
        if (count < 1 || count > index.Pool.Count)
            throw new UrialException($"Retrieval ICL cannot show {count} examples: the pool ({source}) has {index.Pool.Count}. Ask for 1 "
                + $"to {index.Pool.Count}.");
        (_index, _count, _source) = (index, count, source);
    }

    /// <inheritdoc/>
    public string Name => "retrieval-icl";

    /// <inheritdoc/>
    public PromptText Prompt(IReadOnlyList<ChatMessage> conversation)
    {
        var turns = Conversation.Of(conversation);
        var nearest = _index.Nearest(turns.Query, _count).Reverse().ToArray();
        return VanillaIcl.Write(turns, [.. nearest.Select(place => _index.Pool[place])],
            $"retrieval ICL, K = {_count} by {_index.Name}, examples {string.Join(", ", nearest.Select(place => place + 1))} "
                + $"of {_source}, {PromptLayout.Fenced}");
    }
}
