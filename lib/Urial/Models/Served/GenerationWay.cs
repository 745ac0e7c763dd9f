namespace Urial;

/// <summary>How a server is asked for an answer.</summary>
/// <param name="WithExtras">Whether fields are sent that vLLM knows and strict servers refuse.</param>
/// <param name="AsText">Whether the prompt is sent as text, to a server that takes no ids.</param>
/// <param name="Ids">Where the answer's ids are from.</param>
internal sealed record GenerationWay(bool WithExtras, bool AsText, AnswerIdSource Ids)
{
    /// <summary>The ways, the best first; which source of ids it has shows in the answer.</summary>
    public static IReadOnlyList<GenerationWay> All { get; } =
    [
        new(true, false, AnswerIdSource.Tokens), new(false, false, AnswerIdSource.Text),
        new(true, true, AnswerIdSource.Tokens), new(false, true, AnswerIdSource.Text),
    ];
}
