namespace Urial;

/// <summary>An answer's measures, with the question that it answers.</summary>
/// <param name="Id">The question's id.</param>
/// <param name="Kind">What kind of question it is, where that is known.</param>
/// <param name="Measures">The measures.</param>
public sealed record MeasuredAnswer(string Id, string? Kind, AnswerMeasures Measures)
{
    /// <summary>The measures of a scored answer.</summary>
    public static MeasuredAnswer Of(ShiftedAnswer answer) => new(answer.Id, answer.Kind, AnswerMeasures.Of(answer.Text, answer.Ended));

    /// <summary>The measures of an answer that <c>urial generate</c> stored.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="kind">What kind of question it answers, where that is known.</param>
    public static MeasuredAnswer Of(StoredAnswer answer, string? kind = null) =>
        new(answer.Id, kind, AnswerMeasures.Of(answer.Output, answer.Stopped));

    /// <summary>The measures of a written answer, which ended by itself.</summary>
    public static MeasuredAnswer Of(WrittenExample example) => new(example.Id, example.Kind, AnswerMeasures.Of(example.Answer, true));
}
