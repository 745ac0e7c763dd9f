namespace Urial.MicroWorld;

/// <summary>The token distribution shift on queries whose ground truth is known: every position carries its label.</summary>
public static class MicroShift
{
    /// <summary>Lets the aligned model answer and scores every token, labelled name, fact, glue or style.</summary>
    /// <param name="pair">A pair of micro-world models.</param>
    /// <param name="queries">Queries with their ground truth.</param>
    /// <param name="options">Answer length and top tokens.</param>
    /// <param name="progress">Called after every batch and every scored answer.</param>
    public static IReadOnlyList<ShiftedAnswer> Run(ModelPair pair, IReadOnlyList<NamedQuery> queries, ShiftOptions? options = null, Action<ShiftProgress>? progress = null) =>
        Run(pair, queries, null, options, progress);

    /// <summary>Scores answers that the aligned model gave before, read from a file of <see cref="StoredAnswers"/>: the same numbers without the wait.</summary>
    /// <param name="pair">The pair; its aligned model gave the answers.</param>
    /// <param name="queries">Queries with their ground truth.</param>
    /// <param name="file">The stored answers.</param>
    /// <param name="options">Top tokens.</param>
    /// <exception cref="UrialException">The file cannot be read, or has no answer to a query.</exception>
    public static IReadOnlyList<ShiftedAnswer> Stored(ModelPair pair, IReadOnlyList<NamedQuery> queries, string file, ShiftOptions? options = null) =>
        Run(pair, queries, (file, StoredAnswers.Read(file)), options, null);

    private static ShiftedAnswer[] Run(
        ModelPair pair, IReadOnlyList<NamedQuery> queries, (string File, IReadOnlyDictionary<string, int[]> Ids)? stored, ShiftOptions? options, Action<ShiftProgress>? progress)
    {
        options ??= new ShiftOptions { BatchSize = 48 }; // small models: the cost of a step hardly grows with the batch
        var answers = ShiftAnalysis.Run(pair, [.. queries.Select(q => ShiftQuery.Of(q.Id, q.Query.Text, Given(q.Id)))], options, progress);
        return [.. answers.Zip(queries, (answer, query) => answer with
        {
            Labels = TokenLabels.Label(query.Query, pair.Tokenizer, answer.AnswerIds),
            Segments = AnswerSegments.Of(query.Query, pair.Tokenizer, answer.AnswerIds),
            Kind = query.Query.Kind.ToString(),
        })];

        int[]? Given(string id) => stored is not { } s ? null : s.Ids.TryGetValue(id, out var ids) ? ids
            : throw new UrialException($"{s.File} has no answer to query {id}. It belongs to other queries; generate the answers anew.");
    }

    /// <summary>One query, asked and labelled.</summary>
    public static ShiftedAnswer Ask(ModelPair pair, NamedQuery query, ShiftOptions? options = null) => Run(pair, [query], options)[0];

    /// <summary>For each label the share of its positions that are in a class, with an interval over the answers that have the label.</summary>
    /// <param name="answers">Labelled answers.</param>
    /// <param name="shift">The class.</param>
    /// <exception cref="ArgumentException">An answer carries no labels.</exception>
    public static IReadOnlyList<(string Name, Estimate Value)> ShareByLabel(IReadOnlyList<ShiftedAnswer> answers, ShiftClass shift)
    {
        if (answers.FirstOrDefault(a => a.Labels is null) is { } bare)
            throw new ArgumentException($"Answer {bare.Id} carries no labels.", nameof(answers));
        var groups = ShiftGroups.Shares(answers, ShiftGroups.Label);
        return [.. TokenLabels.All.SelectMany(label => groups.Where(group => group.Group == label).Select(group => (label, group.Shares.Of(shift))))];
    }
}
