using System.Text.Json;

namespace Urial.Explore;

/// <summary>
/// What a page asks for: its whole state, since the server keeps none. Read from JSON and held to the limits; whatever is wrong is said in
/// a sentence.
/// </summary>
internal sealed record Asked
{
    /// <summary>The conversation, which ends with the question.</summary>
    public required IReadOnlyList<ChatMessage> Turns { get; init; }

    /// <summary>How the base model reads it.</summary>
    public required BaseStyle Style { get; init; }

    /// <summary>The base model's prompt where it was edited.</summary>
    public string? Prompt { get; init; }

    /// <summary>Whether the aligned weights take the base model's place.</summary>
    public bool Control { get; init; }

    /// <summary>λ of who answers.</summary>
    public double Blend { get; init; } = 1;

    /// <summary>The most tokens of an answer.</summary>
    public int Limit { get; init; } = Limits.UsualAnswer;

    /// <summary>The answers that are there: one where one is asked for or scored, more where all are kept.</summary>
    public IReadOnlyList<AskedAnswer> Answers { get; init; } = [];

    /// <summary>Reads a request.</summary>
    /// <param name="json">Its body.</param>
    /// <exception cref="UrialException">It is no request, or beyond a limit.</exception>
    public static Asked Read(JsonElement json)
    {
        var fields = Fields.Of(json, "the request");
        if (fields.List("turns", int.MaxValue).Count is var turns && turns > Limits.Turns)
            throw new UrialException(FormattableString.Invariant($"The conversation has {turns} turns, and {Limits.Turns} are the most ")
                + "here: begin a new one.");
        var style = Fields.Of(fields.Need("style"), "the style");
        var asked = new Asked
        {
            Turns = [.. fields.List("turns", Limits.Turns).Select(turn => Turn(Fields.Of(turn, "a turn")))],
            Style = new BaseStyle(style.Text("name", 40) ?? "", style.Whole("k", 0, 100)),
            Prompt = style.Text("text", Limits.Prompt),
            Control = fields.Flag("control"),
            Blend = fields.Number("blend", Limits.LeastBlend, Limits.MostBlend) ?? 1,
            Limit = fields.Whole("limit", 1, Limits.Answer) ?? Limits.UsualAnswer,
            Answers = [.. fields.List("answers", Limits.Branches).Select(AskedAnswer.Read)],
        };
        if (asked.Prompt is { Length: 0 })
            throw new UrialException("The edited prompt is empty: a model needs something to read before the answer.");
        if (asked.Turns.Count == 0 || string.IsNullOrWhiteSpace(asked.Turns[^1].Content))
            throw new UrialException("The question is empty: write one first.");
        return asked.Turns.Sum(turn => turn.Content.Length) <= Limits.Conversation ? asked
            : throw new UrialException($"The conversation has more than {Limits.Conversation} characters: begin a new one, or ask for "
                + "less.");
    }

    /// <summary>The question to a pair.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="answer">The answer so far; null: none.</param>
    /// <exception cref="UrialException">There is no such style, or it needs a template that is not there.</exception>
    public LiveQuestion Question(OpenPair pair, AskedAnswer? answer) => new()
    {
        Conversation = Turns,
        BaseStyle = Style.For(pair),
        BasePrompt = Prompt,
        Control = Control,
        Blend = Blend,
        MaxNewTokens = Limit,
        AnswerIds = answer?.Ids ?? [],
        EndedAtStop = answer?.EndedAtStop ?? false,
        Top = Limits.Top,
    };

    private static ChatMessage Turn(Fields turn) =>
        new(turn.Text("role", 20) ?? "", turn.Text("content", Limits.Conversation) ?? "");
}
