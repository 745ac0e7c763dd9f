namespace Urial;

/// <summary>
/// The plainest prompt for a base model: a heading over the query, a heading over the answer that is to come,
/// each in a fence, so that the end of an answer can be seen. No instruction, no example. The prompt under which
/// the base model scores the aligned model's answers.
/// </summary>
public static class ZeroShot
{
    /// <summary>Where an answer ends: the line that closes its fence.</summary>
    public const string Stop = "\n```";

    /// <summary>The prompt's text with <c>{query}</c> in the query's place: what a manifest's hash is taken of.</summary>
    public const string Template = "# Query:\n```\n{query}\n```\n\n# Answer:\n```\n";

    /// <summary>The prompt for a query.</summary>
    /// <exception cref="UrialException">The query is empty.</exception>
    public static string Prompt(string query) => string.IsNullOrWhiteSpace(query)
        ? throw new UrialException("The query is empty: there is nothing to answer.")
        : Template.Replace("{query}", query, StringComparison.Ordinal);
}
