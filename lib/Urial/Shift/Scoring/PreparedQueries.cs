namespace Urial;

/// <summary>Queries with their prompts, those apart of which none can be made.</summary>
/// <param name="Outcomes">One for each query: its failure, or null where it is prepared.</param>
/// <param name="Prepared">The others, in the order of the queries, each with its place among them.</param>
internal sealed record PreparedQueries(IReadOnlyList<ShiftOutcome?> Outcomes, IReadOnlyList<(int Index, PreparedQuery Query)> Prepared)
{
    /// <summary>Makes the prompts.</summary>
    /// <exception cref="UrialException">Two queries share an id.</exception>
    public static PreparedQueries Of(PromptedPair pair, IReadOnlyList<ShiftQuery> queries, ShiftOptions options)
    {
        if (queries.CountBy(q => q.Id).FirstOrDefault(group => group.Value > 1) is { Key: { } twice })
            throw new UrialException($"Two queries share the id {twice}. Ids must differ.");
        var outcomes = new ShiftOutcome?[queries.Count];
        var prepared = new List<(int, PreparedQuery)>();
        for (var i = 0; i < queries.Count; i++)
            try
            {
                prepared.Add((i, PreparedQuery.Of(pair, queries[i], options)));
            }
            catch (UrialException e)
            {
                outcomes[i] = ShiftOutcome.Failed(queries[i], e.Message);
            }
        return new PreparedQueries(outcomes, prepared);
    }

    /// <summary>One hash of all prompts, each with its query's id.</summary>
    public string Sha256() => ContentHash.Of(Prepared.SelectMany(p => new[] { p.Query.Query.Id, p.Query.Base.Text, p.Query.Aligned.Text }));
}
