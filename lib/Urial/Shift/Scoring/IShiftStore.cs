namespace Urial;

/// <summary>Where a run keeps each answer and each scored one as soon as it is there, so that it goes on where it was stopped.</summary>
/// <remarks>Called by several threads.</remarks>
internal interface IShiftStore
{
    /// <summary>The answer that a query was given before; null: it has none yet.</summary>
    AnswerWriter.Written? Answered(string id);

    /// <summary>Keeps a generated answer.</summary>
    /// <exception cref="WriteException">It cannot be written.</exception>
    void Keep(string id, AnswerWriter.Written answer);

    /// <summary>The shifts that a query's answer was found to have before; null: it is not scored yet.</summary>
    /// <param name="id">The query's id.</param>
    /// <param name="answerIds">The answer.</param>
    /// <exception cref="UrialException">They are there and cannot be read, or are of another answer.</exception>
    PositionShift[]? Scored(string id, int[] answerIds);

    /// <summary>Keeps a scored answer, where it is not kept yet.</summary>
    /// <returns>What of it has to stay in memory.</returns>
    /// <exception cref="WriteException">It cannot be written.</exception>
    ShiftedAnswer Keep(ShiftedAnswer answer);
}
