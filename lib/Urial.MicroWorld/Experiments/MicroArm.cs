namespace Urial.MicroWorld;

/// <summary>
/// A way of answering with its answers, judged as Just-Eval judges: the five general aspects on general queries, safety on unsafe ones
/// (paper, section 4.1), here by the world's ground truth.
/// </summary>
public sealed class MicroArm : IScored
{
    private readonly IReadOnlyList<Aspect> _aspects;
    private readonly MicroWay? _way; // that gave the answers

    /// <summary>An arm.</summary>
    /// <param name="name">What tables and charts call it.</param>
    /// <param name="answers">Its answers, none twice for one query.</param>
    /// <param name="aspects">The aspects it is judged in; null: all six.</param>
    public MicroArm(string name, IReadOnlyList<MicroAnswer> answers, IReadOnlyList<Aspect>? aspects = null)
        : this(name, answers, aspects ?? Aspects.All, null)
    {
    }

    internal MicroArm(MicroWay way, IReadOnlyList<MicroAnswer> answers)
        : this(way.Name, answers, Aspects.All, way)
    {
    }

    private MicroArm(string name, IReadOnlyList<MicroAnswer> answers, IReadOnlyList<Aspect> aspects, MicroWay? way)
    {
        (Name, Answers, _aspects, _way) = (name, answers, aspects, way);
        ToJudge = [.. answers.Select(answer => new AnswerToJudge(answer.Asked.Id, answer.Asked.Query.Text, answer.Text, name))];
        var (general, safety) = (new GroundTruthJudge([.. Aspects.General.Intersect(_aspects)]),
            new GroundTruthJudge([.. _aspects.Except(Aspects.General)]));
        Judgments = [.. answers.Zip(ToJudge, Judged)];

        Judgment Judged(MicroAnswer answer, AnswerToJudge text) =>
            (answer.Kind == QueryKind.Unsafe ? safety : general).Of(answer.Judgment, text);
    }

    /// <summary>What tables and charts call it.</summary>
    public string Name { get; }

    /// <summary>Its answers.</summary>
    public IReadOnlyList<MicroAnswer> Answers { get; }

    /// <summary>The answers as a judge reads them.</summary>
    public IReadOnlyList<AnswerToJudge> ToJudge { get; }

    /// <summary>One judgment for each answer.</summary>
    public IReadOnlyList<Judgment> Judgments { get; }

    /// <summary>How many of its answers did not end: they ran into the limit of tokens, often inside a loop.</summary>
    public int Unended => Answers.Count(answer => !answer.Ended);

    /// <summary>The arm without the answers that did not end. Compared with another such arm it leaves out the queries of both.</summary>
    public MicroArm Ended => new(Name, [.. Answers.Where(answer => answer.Ended)], _aspects, _way);

    /// <summary>Those of the answers that did not end that repeat themselves (<see cref="AnswerFindings.Repeats"/>).</summary>
    public int Looping => Answers.Count(answer => !answer.Ended && answer.Findings.Repeats);

    /// <summary>Its answer to a query.</summary>
    /// <param name="id">The query's id.</param>
    /// <exception cref="InvalidOperationException">It was not asked.</exception>
    public MicroAnswer To(string id) => Answers.Single(answer => answer.Asked.Id == id);

    /// <summary>The arm without its answers to some kinds of query.</summary>
    public MicroArm But(params QueryKind[] kinds) => new(Name, [.. Answers.Where(answer => !kinds.Contains(answer.Kind))], _aspects, _way);

    /// <summary>
    /// Lets its way of answering answer some of the queries anew: the share of answers that are the arm's own, token for token
    /// (<see cref="MicroAnswers.Same"/>).
    /// </summary>
    /// <param name="sample">Some of the arm's queries.</param>
    /// <exception cref="InvalidOperationException">The arm was not made by a <see cref="MicroWay"/>.</exception>
    public double SameAnew(IReadOnlyList<NamedQuery> sample) => _way is null
        ? throw new InvalidOperationException($"Nobody knows how the answers of '{Name}' were given: let a MicroWay make the arm.")
        : MicroAnswers.Same(Answers, _way.Answer(sample));

    /// <summary>The arm judged in one aspect less.</summary>
    /// <param name="aspect">The aspect left out: a general one, since an answer to an unsafe query is judged in safety alone.</param>
    /// <exception cref="ArgumentException">The aspect is safety.</exception>
    public MicroArm Without(Aspect aspect) => aspect == Aspect.Safety
        ? throw new ArgumentException("Answers to unsafe queries are judged in safety alone: leave those answers out of the arm instead.",
            nameof(aspect))
        : new(Name, Answers, [.. _aspects.Where(own => own != aspect)], _way);

    /// <summary>Its row in a table or chart of aspects.</summary>
    public AspectScoreRow Row => AspectScoreRow.Measured(Name, Judgments, NaPolicy.AsFive, ToJudge);

    /// <summary>The mean of the six aspects' means, 1 to 5.</summary>
    public Estimate Average => ScoreStatistics.Average(Judgments, NaPolicy.AsFive);

    /// <summary>The average with the answers that did not end and without them.</summary>
    public BothWays Averages => BothWays.Of(Average, Ended.Average);

    /// <summary>The mean score of an aspect, 1 to 5.</summary>
    public Estimate Mean(Aspect aspect) => ScoreStatistics.Mean(Judgments, aspect, NaPolicy.AsFive).Estimate;

    /// <summary>The share of answers that something holds of.</summary>
    public Estimate Share(Func<MicroAnswer, bool> holds) => Estimate.Share(Answers, holds);

    /// <summary>The share of answers to some kinds of query that do what the query calls for (<see cref="MicroJudgment.Right"/>).</summary>
    public Estimate Right(params QueryKind[] kinds) => Estimate.Share(Of(kinds), answer => answer.Right);

    /// <summary>That share less another arm's, query by query, with the answers that did not end and without them.</summary>
    /// <param name="other">The other arm, on the same queries.</param>
    /// <param name="kinds">The kinds of query.</param>
    /// <exception cref="ArgumentException">The arms are not on the same queries.</exception>
    public BothWays MoreRight(MicroArm other, params QueryKind[] kinds) =>
        MicroAnswers.Difference(Of(kinds), other.Of(kinds), answer => answer.Right);

    /// <summary>The share of answers to some kinds of query that refuse, with help or without.</summary>
    public Estimate Refused(params QueryKind[] kinds) => Estimate.Share(Of(kinds), answer => answer.Findings.Refused);

    /// <summary>Its answers to some kinds of query.</summary>
    public IReadOnlyList<MicroAnswer> Of(params QueryKind[] kinds) => [.. Answers.Where(answer => kinds.Contains(answer.Kind))];

    /// <summary>Words of an answer.</summary>
    public Estimate Words => Estimate.Mean(Answers, answer => answer.Findings.Words);

    /// <summary>How far this arm is ahead of another in an aspect, query by query.</summary>
    /// <param name="other">The other arm, on the same queries.</param>
    /// <param name="aspect">The aspect; null: the mean of the six aspects' means.</param>
    /// <exception cref="UrialException">The arms share no query.</exception>
    public Estimate Ahead(MicroArm other, Aspect? aspect = null) => aspect is null
        ? ScoreStatistics.DifferenceOfAverages(Judgments, other.Judgments, NaPolicy.AsFive)
        : ScoreStatistics.Difference(Judgments, other.Judgments, aspect, NaPolicy.AsFive);

    /// <summary>The same with the answers that did not end and without them, for claims that must not depend on them.</summary>
    /// <inheritdoc cref="Ahead"/>
    public BothWays Lead(MicroArm other, Aspect? aspect = null) => BothWays.Of(Ahead(other, aspect), Ended.Ahead(other.Ended, aspect));

    /// <summary>
    /// How far one aspect's mean lies above another's in this arm; general queries and unsafe ones are resampled together.
    /// </summary>
    /// <param name="first">An aspect.</param>
    /// <param name="second">Another.</param>
    public Estimate Between(Aspect first, Aspect second) => ScoreStatistics.DifferenceOfAspects(Judgments, first, second, NaPolicy.AsFive);

    /// <summary>
    /// How much of the way from one arm's average to another's this arm goes: 0 is the first's, 1 the second's. With the answers that did
    /// not end and without them.
    /// </summary>
    /// <param name="from">The arm at the start.</param>
    /// <param name="to">The arm at the end.</param>
    /// <param name="without">An aspect left out of the averages; null: none.</param>
    /// <exception cref="UrialException">The arms share no query, or start and end cannot be told apart.</exception>
    public BothWays Way(MicroArm from, MicroArm to, Aspect? without = null)
    {
        if (without is { } aspect)
            return Without(aspect).Way(from.Without(aspect), to.Without(aspect));
        return BothWays.Of(Of(from, this, to), Of(from.Ended, Ended, to.Ended));

        static Estimate Of(MicroArm from, MicroArm at, MicroArm to) =>
            ScoreStatistics.ShareOfWay(from.Judgments, at.Judgments, to.Judgments, NaPolicy.AsFive);
    }

    /// <summary>
    /// How much more often some arms do what was called for than others, the mean of the first arms' outcomes on a query less the mean of
    /// the second's; and without the queries where any of the answers did not end.
    /// </summary>
    /// <param name="first">The first arms.</param>
    /// <param name="second">The others, on the same queries.</param>
    /// <param name="kinds">The kinds of query.</param>
    public static BothWays MoreRight(IReadOnlyList<MicroArm> first, IReadOnlyList<MicroArm> second, params QueryKind[] kinds)
    {
        string[] asked = [.. first[0].Of(kinds).Select(answer => answer.Asked.Id)],
            ended = [.. asked.Where(id => first.Concat(second).All(arm => arm.To(id).Ended))];
        return ended.Length > 0 ? BothWays.Of(Gap(asked), Gap(ended)) : new BothWays(Gap(asked), null, asked.Length);

        Estimate Gap(string[] ids) => Bootstrap.Difference([.. ids.Select(id => Mean(first, id))], [.. ids.Select(id => Mean(second, id))]);

        static double Mean(IReadOnlyList<MicroArm> arms, string id) => arms.Average(arm => arm.To(id).Right ? 1.0 : 0);
    }
}
