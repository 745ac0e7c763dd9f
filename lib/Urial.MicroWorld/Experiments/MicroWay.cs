namespace Urial.MicroWorld;

/// <summary>A way of answering: a model under a prompt style.</summary>
/// <param name="Name">What tables and charts call it.</param>
/// <param name="Model">A model of the micro-world.</param>
/// <param name="Style">How a query becomes a prompt.</param>
public sealed record MicroWay(string Name, LanguageModel Model, IPromptStyle Style) : INamed
{
    /// <summary>A tuned model under its own chat template.</summary>
    public static MicroWay Chat(string name, LanguageModel model) => new(name, model, new ChatStyle(model));

    /// <summary>
    /// Its greedy answers
    /// (<see cref="MicroAnswers.Run(LanguageModel, IReadOnlyList{NamedQuery}, IPromptStyle, int, bool, AnswerCache?)"/>).
    /// </summary>
    /// <param name="queries">Queries with their ground truth.</param>
    /// <param name="kept">Answers that were given before; null: all are generated.</param>
    public IReadOnlyList<MicroAnswer> Answer(IReadOnlyList<NamedQuery> queries, AnswerCache? kept = null) =>
        MicroAnswers.Run(Model, queries, Style, kept: kept);

    /// <summary>Its answers, judged.</summary>
    /// <param name="queries">Queries with their ground truth.</param>
    /// <param name="kept">Answers that were given before; null: all are generated.</param>
    public MicroArm Arm(IReadOnlyList<NamedQuery> queries, AnswerCache? kept = null) => new(this, Answer(queries, kept));

    /// <summary>Holds conversations, each turn after its own answers to the turns before.</summary>
    /// <param name="conversations">What the user asks; all of one length.</param>
    /// <param name="kept">Answers that were given before; null: all are generated.</param>
    /// <exception cref="UrialException">A conversation does not fit into the context.</exception>
    public MicroTalks Talk(IReadOnlyList<MicroConversation> conversations, AnswerCache? kept = null) =>
        new(this, conversations, MicroConversations.Run(Model, conversations, Style, kept), kept);
}
