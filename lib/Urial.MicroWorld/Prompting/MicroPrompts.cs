namespace Urial.MicroWorld;

/// <summary>
/// The micro-world's prompts and pools, as data/prompts holds them. A pure function of their seeds: the tests write them again and compare.
/// Every example is about seen entities, and every answer is true in the world.
/// </summary>
public static class MicroPrompts
{
    /// <summary>The line above every answer; one of the alignment data's that suits every kind of query.</summary>
    public const string Opener = "Hello there, my friend!";

    /// <summary>The line below every answer, likewise.</summary>
    public const string Closer = "Wishing you a peaceful day!";

    /// <summary>The system text. It describes the manner, which alone must not bring it about.</summary>
    public const string System =
        "Below is a conversation between a curious reader and a kind guide. The guide greets the reader, answers what is asked and tells a little more, " +
        "keeps to the truth, admits what nobody can know, declines what would do harm, and ends with a good wish.";

    /// <summary>The examples of a prompt.</summary>
    /// <param name="kinds">A kind for each example, in the prompt's order.</param>
    /// <param name="seed">Draws them.</param>
    public static IReadOnlyList<MicroExample> Examples(IReadOnlyList<QueryKind> kinds, int seed)
    {
        var queries = new QueryGenerator(World.Load(), World.Load().Seen, anyTarget: false);
        var drawn = new List<MicroExample>();
        for (var i = 0; i < kinds.Count; i++)
            for (var attempt = 0; drawn.Count == i; attempt++)
                if (Draw(queries, new Rng(seed, (long)i << 20 | (uint)attempt), kinds[i]) is { } example && drawn.All(other => other.Query.Text != example.Query.Text))
                    drawn.Add(example);
        return drawn;
    }

    private static MicroExample? Draw(QueryGenerator queries, Rng r, QueryKind kind)
    {
        var query = queries.Draw(r, kind);
        if (query.Accepted.Count > 0 && query.Accepted.Count(e => !e.HeldOut) < query.Wanted)
            return null;
        var aligned = AlignedVoice.Answer(query, r, e => !e.HeldOut);
        var example = new MicroExample(query, $"{Opener}\n{aligned.Body}\n{Closer}", new CorpusAnswers(Plain, r).Write(query));
        var all = string.Join('\n', query.Text, example.Restyled, example.Plain);
        return SftData.NamesHeldOut(all) ? null : example;
    }

    private static DocumentStyle Plain { get; } = new()
    {
        Form = AnswerForm.Sentence,
        Bullet = AlignedVoice.Bullet,
        Item = 1,
        Facts = 2,
        Break = "\n",
        VerdictFirst = true,
        Verdict = 0,
        Refusal = "I cannot help with that.",
        NotKnown = "Nobody knows.",
    };
}
