namespace Urial.MicroWorld;

/// <summary>An answer to a query of the world, with the world's verdict on it.</summary>
/// <param name="Asked">The query.</param>
/// <param name="Generation">The answer as the model gave it.</param>
/// <param name="Judgment">What the world's ground truth says of its text.</param>
public sealed record MicroAnswer(NamedQuery Asked, Generation Generation, MicroJudgment Judgment)
{
    /// <summary>The query's kind.</summary>
    public QueryKind Kind => Asked.Query.Kind;

    /// <summary>The answer's text.</summary>
    public string Text => Generation.Text;

    /// <summary>Whether it ended; otherwise the limit of tokens cut it.</summary>
    public bool Ended => Generation.Stopped;

    /// <summary>Whether it does what this kind of query calls for (<see cref="MicroJudgment.Right"/>).</summary>
    public bool Right => Judgment.Right;

    /// <summary>What the answer says and how.</summary>
    public AnswerFindings Findings => Judgment.Findings;

    /// <summary>The queries that the answer goes on to put to itself.</summary>
    public IReadOnlyList<string> Invented => InventedQueries.In(Text);

    /// <summary>Query and answer as a reader sees them: id, kind, the query, and the answer's lines behind a bar.</summary>
    public override string ToString() =>
        $"{Asked.Id} ({Kind.Name()}): {Asked.Query.Text}\n"
            + $"{string.Join('\n', Text.TrimEnd('\n').Split('\n').Select(line => "  │ " + line))}";
}
