namespace Urial;

/// <summary>Keeps nothing but what is in memory.</summary>
internal sealed class NoStore : IShiftStore
{
    public AnswerWriter.Written? Answered(string id) => null;

    public void Keep(string id, AnswerWriter.Written answer)
    {
    }

    public PositionShift[]? Scored(string id, int[] answerIds) => null;

    public ShiftedAnswer Keep(ShiftedAnswer answer) => answer;
}
