namespace Urial;

/// <summary>Finds the examples of a pool whose queries are most like a given one.</summary>
public interface IExampleIndex
{
    /// <summary>How likeness is measured, in words.</summary>
    string Name { get; }

    /// <summary>The pool.</summary>
    IReadOnlyList<PromptExample> Pool { get; }

    /// <summary>The places in the pool of the most similar examples.</summary>
    /// <param name="query">The query.</param>
    /// <param name="count">How many, at most the pool's size.</param>
    /// <returns>The most similar first; of two alike the earlier in the pool.</returns>
    IReadOnlyList<int> Nearest(string query, int count);
}
