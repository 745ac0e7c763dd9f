namespace Urial.MicroWorld;

/// <summary>Conversations as one way of answering held them.</summary>
public sealed class MicroTalks : INamed
{
    private readonly MicroWay _way;
    private readonly IReadOnlyList<MicroConversation> _conversations;
    private readonly AnswerCache? _kept;

    internal MicroTalks(MicroWay way, IReadOnlyList<MicroConversation> conversations, IReadOnlyList<IReadOnlyList<MicroAnswer>> turns,
        AnswerCache? kept) =>
        (_way, _conversations, Turns, _kept) = (way, conversations, turns, kept);

    /// <summary>The way's name.</summary>
    public string Name => _way.Name;

    /// <summary>The answers of each turn, in the order of the conversations. // [turns][conversations]</summary>
    public IReadOnlyList<IReadOnlyList<MicroAnswer>> Turns { get; }

    /// <summary>The answers of a turn, from 0.</summary>
    public IReadOnlyList<MicroAnswer> this[int turn] => Turns[turn];

    /// <summary>The conversations whose turn asks a query of a kind.</summary>
    /// <param name="turn">The turn, from 0.</param>
    /// <param name="kind">The kind.</param>
    public MicroTalks Where(int turn, QueryKind kind)
    {
        int[] left = [.. Enumerable.Range(0, _conversations.Count).Where(i => _conversations[i].Turns[turn].Query.Kind == kind)];
        return new(_way, [.. left.Select(i => _conversations[i])], [.. Turns.Select(answers => left.Select(i => answers[i]).ToArray())],
            _kept);
    }

    /// <summary>The answers to a turn's queries asked alone, without the turns before.</summary>
    public IReadOnlyList<MicroAnswer> Alone(int turn) => _way.Answer([.. _conversations.Select(talk => talk.Turns[turn])], _kept);

    /// <summary>A turn answered after somebody else's answers to the turns before.</summary>
    /// <param name="earlier">Whose answers stand before it.</param>
    /// <param name="turn">The turn, from 0.</param>
    public IReadOnlyList<MicroAnswer> After(MicroTalks earlier, int turn) => MicroConversations.Answer(
        _way.Model, _conversations, turn, _way.Style,
            [.. earlier.Turns.Take(turn).Select(answers => answers.Select(answer => answer.Text).ToArray())], _kept);

    /// <summary>
    /// How much more often something holds of the answers to a turn's queries alone than of the turn: what is lost in the conversation.
    /// </summary>
    /// <param name="turn">The turn, from 0.</param>
    /// <param name="holds">What may hold of an answer.</param>
    public TurnLoss Lost(int turn, Func<MicroAnswer, bool> holds) => new(Name, Alone(turn), Turns[turn], holds);

    /// <summary>
    /// Holds the first conversations anew: the share of their answers that are these, token for token (<see cref="MicroAnswers.Same"/>).
    /// </summary>
    /// <param name="count">How many conversations.</param>
    public double SameAnew(int count) => MicroAnswers.Same(
        Turns.SelectMany(turn => turn),
            [.. MicroConversations.Run(_way.Model, [.. _conversations.Take(count)], _way.Style).SelectMany(turn => turn)]);

    /// <summary>A conversation as a reader sees it (<see cref="MicroConversations.Show"/>).</summary>
    /// <param name="conversation">Which, from 0.</param>
    public string Show(int conversation) => MicroConversations.Show(Turns, conversation);
}
