using Microsoft.Data.Analysis;

namespace Urial;

/// <summary>
/// The negative log-likelihood of written answers, part by part (opener, body, closer, end of turn), on both sides of a run: how much
/// better one model, or one prompt, expects the very same words.
/// </summary>
/// <remarks>
/// A token belongs to the part in which its first character stands; the blank line between two parts counts to the part that it opens
/// (where it is no end of the token before). The token that ends the turn is a part of its own, so that a model which has never seen it can
/// be compared without it; where the base model does not know that token (<see cref="ShiftedAnswer.UnsharedEnd"/>), the answers have none.
/// Losses are −ln of the probabilities that a run stores: as doubles exact up to 708 nats for one token, as 32-bit floats
/// (<see cref="PositionsFormat.Compact"/>) to seven digits up to 87; refused where a probability is 0 (beyond 745, and beyond 103).
/// Where the vocabularies differ they are over the ids that both share.
/// </remarks>
public sealed class SegmentLosses
{
    private SegmentLosses(IReadOnlyList<SegmentLoss> rows) => Rows = rows;

    /// <summary>Four rows for each answer, in the answers' order and that of <see cref="AnswerSegmentNames.All"/>.</summary>
    public IReadOnlyList<SegmentLoss> Rows { get; }

    /// <summary>What the base side pays, as an arm.</summary>
    /// <param name="name">What tables call it: the model and its prompt.</param>
    public SegmentArm Base(string name) => new(name, Rows, row => row.BaseNats);

    /// <summary>What the aligned side pays, as an arm.</summary>
    /// <param name="name">What tables call it: the model and its prompt.</param>
    public SegmentArm Aligned(string name) => new(name, Rows, row => row.AlignedNats);

    /// <summary>The losses of written answers that were scored (<see cref="ShiftQuery.OfWritten"/>).</summary>
    /// <param name="answers">
    /// The answers; stored ones are read with their examples: <c>StoredShifts.Read(folder, ShiftQueries.ReadWritten(file))</c>.
    /// </param>
    /// <exception cref="UrialException">There are none, the parts of one are not known, or a side thinks a token impossible.</exception>
    public static SegmentLosses Of(IReadOnlyList<ShiftedAnswer> answers) => answers.Count == 0
        ? throw new UrialException("There are no answers to take losses of.")
        : new SegmentLosses([.. answers.SelectMany(OfAnswer)]);

    /// <summary>
    /// One row for each answer and part: <c>id, kind, segment, tokens, base_nats, aligned_nats</c>. <c>id</c> joins it with other frames.
    /// </summary>
    public DataFrame ToFrame() => new(
        new StringDataFrameColumn("id", Rows.Select(row => row.Id)),
        new StringDataFrameColumn("kind", Rows.Select(row => row.Kind)),
        new StringDataFrameColumn("segment", Rows.Select(row => row.Segment.Name())),
        new Int32DataFrameColumn("tokens", Rows.Select(row => row.Tokens)),
        new DoubleDataFrameColumn("base_nats", Rows.Select(row => row.BaseNats)),
        new DoubleDataFrameColumn("aligned_nats", Rows.Select(row => row.AlignedNats)));

    private static IEnumerable<SegmentLoss> OfAnswer(ShiftedAnswer answer)
    {
        var segments = answer.Segments ?? throw new UrialException($"Answer {answer.Id}: which part each token stands in is not known. "
            + "Score written answers whose lines have opener, body and closer, and read stored ones with "
            + "StoredShifts.Read(folder, ShiftQueries.ReadWritten(file)).");
        return AnswerSegmentNames.All.Select(segment =>
        {
            PositionShift[] own = [.. answer.Positions.Where((_, i) => segments[i] == segment.Name())];
            return new SegmentLoss(answer.Id, answer.Kind, segment, own.Length, own.Sum(p => Nats(answer, p, p.BaseProbability, "base")),
                own.Sum(p => Nats(answer, p, p.AlignedProbability, "aligned")));
        });
    }

    private static double Nats(ShiftedAnswer answer, PositionShift position, double probability, string side) => probability > 0
        ? probability == 1 ? 0 : -Math.Log(probability)
        : throw new UrialException(FormattableString.Invariant($"Answer {answer.Id}, position {position.Position}: the {side} side's ")
            + "probability is 0, so that its loss has no finite value. Score the answers again in f32, with --format parquet.");
}
