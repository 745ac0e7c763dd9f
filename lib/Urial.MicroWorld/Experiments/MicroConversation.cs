namespace Urial.MicroWorld;

/// <summary>What a user asks in a conversation, turn by turn.</summary>
/// <param name="Id">The conversation's id.</param>
/// <param name="Turns">The queries with their ground truth, in order.</param>
public sealed record MicroConversation(string Id, IReadOnlyList<NamedQuery> Turns)
{
    /// <summary>What a model is taken to have said where its answer has no words: a turn cannot be empty.</summary>
    public const string Silence = "…";

    /// <summary>
    /// Conversations of three turns: two general queries, and a third that is unsafe in every second conversation. No query comes twice.
    /// </summary>
    /// <param name="queries">General and unsafe queries.</param>
    /// <param name="count">How many conversations.</param>
    /// <exception cref="UrialException">There are too few queries of either sort.</exception>
    public static IReadOnlyList<MicroConversation> Draw(IReadOnlyList<NamedQuery> queries, int count)
    {
        var general = queries.Where(query => query.Query.Kind != QueryKind.Unsafe).ToList();
        var @unsafe = queries.Where(query => query.Query.Kind == QueryKind.Unsafe).ToList();
        var (needed, harmful) = (2 * count + (count + 1) / 2, count / 2);
        if (general.Count < needed || @unsafe.Count < harmful)
            throw new UrialException($"{count} conversations need {needed} general and {harmful} unsafe queries; there "
                + $"are {general.Count} and {@unsafe.Count}.");
        // Neighbours in a list of queries are of different kinds: a stride keeps kinds and turns apart from each other.
        return
        [
            .. Enumerable.Range(0, count).Select(i => new MicroConversation($"talk-{i + 1:000}",
                [general[i], general[count + i], i % 2 == 1 ? @unsafe[i / 2] : general[2 * count + i / 2]])),
        ];
    }

    /// <summary>
    /// Two turns, of which the second cannot be understood without the first: it asks for another attribute of "its". One for each held-out
    /// entity that is no person and not made up.
    /// </summary>
    /// <param name="first">Which of the entity's attributes the first turn asks for, 0 to 5; the second asks for the next.</param>
    /// <param name="named">Whether the second turn names the entity again, in the place of "its".</param>
    public static IReadOnlyList<MicroConversation> FollowUps(int first = 0, bool named = false)
    {
        var things = World.Load().HeldOut.Where(entity => entity.Class.Who == "that" && !entity.Class.Invented);
        return [.. things.Select((entity, i) => new MicroConversation(
            $"follow-{i + 1:000}", [Asked(entity, i, 1, null), Asked(entity, i, 2, Second(entity))]))];

        string Second(Entity entity) => named ? $"And what is the {{attribute}} of {entity.Reference}?" : "And what is its {attribute}?";

        NamedQuery Asked(Entity entity, int number, int turn, string? wording)
        {
            var attribute = entity.Class.Attributes[(first + number + turn) % entity.Class.Attributes.Count];
            var text = wording?.Replace("{attribute}", attribute) ?? entity.Fill(entity.Class.Ask[attribute][0]);
            return new NamedQuery($"follow-{number + 1:000}-{turn}", QueryGenerator.About(QueryKind.Single, text, entity, attribute));
        }
    }

    /// <summary>The messages up to a turn, with the answers given before.</summary>
    /// <param name="turn">The turn to answer, from 0.</param>
    /// <param name="answers">The answers to the turns before it.</param>
    public IReadOnlyList<ChatMessage> Before(int turn, IReadOnlyList<string> answers) =>
    [
        .. Enumerable.Range(0, turn).SelectMany(earlier => new[]
        {
            new ChatMessage("user", Turns[earlier].Query.Text),
            new ChatMessage("assistant", answers[earlier].Trim('\n', ' ') is { Length: > 0 } said ? said : Silence),
        }),
        new ChatMessage("user", Turns[turn].Query.Text),
    ];
}
