namespace Urial.MicroWorld;

/// <summary>Lets a model hold conversations about the world and judges each of its turns by the ground truth.</summary>
public static class MicroConversations
{
    /// <summary>Holds conversations: each turn is answered after the model's own answers to the turns before.</summary>
    /// <param name="model">A model of the micro-world.</param>
    /// <param name="conversations">What the user asks; all of one length.</param>
    /// <param name="style">How a conversation becomes a prompt.</param>
    /// <param name="kept">Answers that were given before; null: all are generated.</param>
    /// <returns>For each turn the answers, in the order of the conversations. // [turns][conversations]</returns>
    /// <exception cref="UrialException">A conversation does not fit into the context.</exception>
    public static IReadOnlyList<IReadOnlyList<MicroAnswer>> Run(
        LanguageModel model, IReadOnlyList<MicroConversation> conversations, IPromptStyle style, AnswerCache? kept = null)
    {
        var turns = new List<IReadOnlyList<MicroAnswer>>();
        for (var turn = 0; turn < conversations[0].Turns.Count; turn++)
            turns.Add(Answer(model, conversations, turn, style, [.. turns.Select(given => given.Select(answer => answer.Text).ToArray())],
                kept));
        return turns;
    }

    /// <summary>Answers one turn of conversations whose earlier answers are somebody else's.</summary>
    /// <param name="model">A model of the micro-world.</param>
    /// <param name="conversations">What the user asks.</param>
    /// <param name="turn">The turn to answer, from 0.</param>
    /// <param name="style">How a conversation becomes a prompt.</param>
    /// <param name="earlier">The answers to the turns before. // [turns][conversations]</param>
    /// <param name="kept">Answers that were given before; null: all are generated.</param>
    /// <exception cref="UrialException">A conversation does not fit into the context.</exception>
    public static IReadOnlyList<MicroAnswer> Answer(
        LanguageModel model, IReadOnlyList<MicroConversation> conversations, int turn, IPromptStyle style,
        IReadOnlyList<IReadOnlyList<string>> earlier, AnswerCache? kept = null) =>
        MicroAnswers.Run(model, [.. conversations.Select(
            (talk, i) => (talk.Turns[turn], style.Prompt(talk.Before(turn, [.. earlier.Select(given => given[i])]))))], kept: kept);

    /// <summary>A conversation as a reader sees it: each query, and the answer's lines behind a bar.</summary>
    /// <param name="turns">The answers. // [turns][conversations]</param>
    /// <param name="conversation">Which conversation, from 0.</param>
    public static string Show(IReadOnlyList<IReadOnlyList<MicroAnswer>> turns, int conversation) =>
        string.Join('\n', turns.Select((answers, turn) => $"turn {turn + 1}, {answers[conversation]}"));
}
