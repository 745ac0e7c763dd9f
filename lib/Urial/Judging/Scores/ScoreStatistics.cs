namespace Urial;

/// <summary>
/// Means, differences and comparisons of judged answers: each with n, a bootstrap interval over queries, and a word on "N/A".
/// </summary>
public static class ScoreStatistics
{
    private const double Rounding = 1e-9; // of a mean of whole scores

    /// <summary>The mean score of an aspect.</summary>
    /// <param name="judgments">One for each answer; those without the aspect are passed over, failed ones are counted as such.</param>
    /// <param name="aspect">The aspect.</param>
    /// <param name="policy">How "N/A" counts.</param>
    /// <exception cref="UrialException">No answer has a score to average.</exception>
    public static MeanScore Mean(IReadOnlyList<Judgment> judgments, Aspect aspect, NaPolicy policy)
    {
        var values = Scores(judgments, aspect, policy);
        if (values.Count == 0)
            throw new UrialException($"None of {judgments.Count} judgments has a score for {aspect.Name()} "
                + $"(N/A {(policy == NaPolicy.Exclude ? "left out" : "counted as 5")}).");
        return new MeanScore(aspect, Bootstrap.Mean(values), policy,
            judgments.Count(judgment => judgment.Scores.TryGetValue(aspect, out var score) && score is null),
            judgments.Count(judgment => judgment.Status == JudgmentStatus.Failed));
    }

    /// <summary>The scores of an aspect that a mean counts, 1 to 5, in the judgments' order.</summary>
    /// <param name="judgments">One for each answer.</param>
    /// <param name="aspect">The aspect.</param>
    /// <param name="policy">How "N/A" counts.</param>
    public static IReadOnlyList<double> Scores(IReadOnlyList<Judgment> judgments, Aspect aspect, NaPolicy policy) =>
        [.. judgments.Select(judgment => Score(judgment, aspect, policy)).OfType<double>()];

    /// <summary>
    /// The mean of the aspects' means: every aspect weighs the same, however many queries it was judged on. Queries are resampled.
    /// </summary>
    /// <param name="judgments">One for each answer; failed ones are in no mean.</param>
    /// <param name="policy">How "N/A" counts.</param>
    /// <exception cref="UrialException">No answer has a score.</exception>
    public static Estimate Average(IReadOnlyList<Judgment> judgments, NaPolicy policy)
    {
        double?[][] scores = [.. judgments.Select(judgment => AverageOfAspects.Row(judgment, policy))
            .Where(row => row.Any(score => score is not null))];
        return scores.Length == 0 ? throw new UrialException($"None of {judgments.Count} judgments has a score to average.")
            : Bootstrap.Of(scores.Length, sample => AverageOfAspects.Of(scores, sample));
    }

    /// <summary>
    /// The difference first − second of <see cref="Average"/> over the queries that both arms have scored, which are resampled together.
    /// </summary>
    /// <param name="first">One arm's judgments.</param>
    /// <param name="second">The other's, on the same queries: they are paired by id.</param>
    /// <param name="policy">How "N/A" counts.</param>
    /// <exception cref="UrialException">The arms share no scored query.</exception>
    public static Estimate DifferenceOfAverages(IReadOnlyList<Judgment> first, IReadOnlyList<Judgment> second, NaPolicy policy)
    {
        var others = second.Where(judgment => judgment.Scores.Count > 0).ToDictionary(judgment => judgment.Id);
        var pairs = first.Where(judgment => judgment.Scores.Count > 0 && others.ContainsKey(judgment.Id))
            .Select(judgment => (First: AverageOfAspects.Row(judgment, policy), Second: AverageOfAspects.Row(others[judgment.Id], policy)))
            .ToList();
        if (pairs.Count == 0)
            throw new UrialException(
                $"The two arms share no query that both have scored: {first.Count} and {second.Count} judgments, paired by id.");
        double?[][] one = [.. pairs.Select(pair => pair.First)], two = [.. pairs.Select(pair => pair.Second)];
        return Bootstrap.Of(pairs.Count, sample => AverageOfAspects.Of(one, sample) - AverageOfAspects.Of(two, sample));
    }

    /// <summary>
    /// The difference of two aspects' means in one arm, each over the answers that have the aspect. Queries are resampled together.
    /// </summary>
    /// <param name="judgments">One for each answer.</param>
    /// <param name="first">An aspect.</param>
    /// <param name="second">Another.</param>
    /// <param name="policy">How "N/A" counts.</param>
    /// <exception cref="UrialException">No answer has a score for one of the two.</exception>
    public static Estimate DifferenceOfAspects(IReadOnlyList<Judgment> judgments, Aspect first, Aspect second, NaPolicy policy)
    {
        (double? First, double? Second)[] scores = [
            .. judgments.Select(judgment => (Score(judgment, first, policy), Score(judgment, second, policy)))
            .Where(pair => pair.Item1 is not null || pair.Item2 is not null)];
        if (!scores.Any(pair => pair.First is not null) || !scores.Any(pair => pair.Second is not null))
            throw new UrialException($"None of {judgments.Count} judgments has a score for {first.Name()}, or none for {second.Name()}: "
                + "the two cannot be compared.");
        return Bootstrap.Many(scores.Length, 1,
            (drawn, values) => values[0] = Mean(drawn, pair => pair.First) - Mean(drawn, pair => pair.Second))[0]!;

        double Mean(int[] drawn, Func<(double? First, double? Second), double?> score)
        {
            var (sum, count) = (0.0, 0); // no answer of a resample: 0/0, left out of the interval
            for (var i = 0; i < drawn.Length; i++)
                if (score(scores[i]) is { } value)
                    (sum, count) = (sum + drawn[i] * value, count + drawn[i]);
            return sum / count;
        }
    }

    /// <summary>
    /// How much of the way between two arms' averages (<see cref="Average"/>) a third goes, (at − from) / (to − from), over the queries
    /// that all three have scored, which are resampled together.
    /// </summary>
    /// <param name="from">The judgments at 0.</param>
    /// <param name="at">The judgments whose place is wanted.</param>
    /// <param name="to">The judgments at 1.</param>
    /// <param name="policy">How "N/A" counts.</param>
    /// <exception cref="UrialException">
    /// The arms share no scored query, or the ends cannot be told apart: then there is no way between them.
    /// </exception>
    public static Estimate ShareOfWay(IReadOnlyList<Judgment> from, IReadOnlyList<Judgment> at, IReadOnlyList<Judgment> to, NaPolicy policy)
    {
        var length = DifferenceOfAverages(to, from, policy);
        if (length.Interval.Contains(0))
            throw new UrialException($"The two ends cannot be told apart ({length}), so no share of the way between them can be said.");
        var (starts, ends) = (Scored(from), Scored(to));
        Judgment[] shared = [.. at.Where(
            judgment => judgment.Scores.Count > 0 && starts.ContainsKey(judgment.Id) && ends.ContainsKey(judgment.Id))];
        if (shared.Length == 0)
            throw new UrialException(
                $"The three arms share no query that all have scored: {from.Count}, {at.Count} and {to.Count} judgments, paired by id.");
        double?[][] middle = [.. shared.Select(Row)], start = [.. shared.Select(j => Row(starts[j.Id]))], end = [
            .. shared.Select(j => Row(ends[j.Id]))];
        return Bootstrap.Of(shared.Length, sample =>
        {
            var zero = AverageOfAspects.Of(start, sample);
            return (AverageOfAspects.Of(middle, sample) - zero) / (AverageOfAspects.Of(end, sample) - zero);
        });

        Dictionary<string, Judgment> Scored(IReadOnlyList<Judgment> arm) =>
            arm.Where(judgment => judgment.Scores.Count > 0).ToDictionary(judgment => judgment.Id);
        double?[] Row(Judgment judgment) => AverageOfAspects.Row(judgment, policy);
    }

    /// <summary>
    /// The mean difference first − second of an aspect (or of the mean over aspects) over the queries that both arms have scored.
    /// </summary>
    /// <param name="first">One arm's judgments.</param>
    /// <param name="second">The other's, on the same queries: they are paired by id.</param>
    /// <param name="aspect">The aspect; null: each query's mean over its aspects.</param>
    /// <param name="policy">How "N/A" counts; left out, it leaves out the pair.</param>
    /// <exception cref="UrialException">The arms share no scored query.</exception>
    public static Estimate Difference(IReadOnlyList<Judgment> first, IReadOnlyList<Judgment> second, Aspect? aspect, NaPolicy policy)
    {
        var pairs = Pairs(first, second, aspect, policy);
        return Bootstrap.Difference([.. pairs.Select(pair => pair.First)], [.. pairs.Select(pair => pair.Second)]);
    }

    /// <summary>
    /// How often the first arm scores higher than, the same as, and lower than the second on the queries that both have scored.
    /// </summary>
    /// <inheritdoc cref="Difference"/>
    public static WinTieLose Compare(IReadOnlyList<Judgment> first, IReadOnlyList<Judgment> second, Aspect? aspect, NaPolicy policy) =>
        WinTieLose.Of(Outcomes(first, second, aspect, policy));

    /// <summary>Which arm scores higher on each query that both have scored; means that differ by rounding alone are a tie.</summary>
    /// <returns>The queries in the first arm's order, each with the first arm's outcome.</returns>
    /// <inheritdoc cref="Difference"/>
    public static IReadOnlyList<(string Id, PairwiseOutcome Outcome)> Outcomes(
        IReadOnlyList<Judgment> first, IReadOnlyList<Judgment> second, Aspect? aspect, NaPolicy policy) =>
        [.. Pairs(first, second, aspect, policy).Select(pair => (pair.Id, (pair.First - pair.Second) switch
        {
            > Rounding => PairwiseOutcome.Win,
            < -Rounding => PairwiseOutcome.Lose,
            _ => PairwiseOutcome.Tie,
        }))];

    /// <summary>The mean of an aspect for each tag, tags in alphabetical order.</summary>
    /// <param name="judgments">One for each answer.</param>
    /// <param name="aspect">The aspect.</param>
    /// <param name="tags">Each example's tags by its id, in order; examples that are not there or carry none count nowhere.</param>
    /// <param name="policy">How "N/A" counts.</param>
    /// <param name="counting">For which of its tags an example counts.</param>
    /// <exception cref="UrialException">No answer with a tag has a score.</exception>
    public static Named<TagMean> ByTag(
        IReadOnlyList<Judgment> judgments, Aspect aspect, IReadOnlyDictionary<string, IReadOnlyList<string>> tags, NaPolicy policy,
        TagCounting counting = TagCounting.Every)
    {
        TagMean[] means =
        [
            .. judgments.Where(judgment => Score(judgment, aspect, policy) is not null)
                .SelectMany(judgment => TagsOf(judgment.Id, tags, counting).Select(tag => (tag, judgment)))
                .GroupBy(pair => pair.tag, pair => pair.judgment).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new TagMean(group.Key, Mean([.. group], aspect, policy))),
        ];
        return means.Length > 0 ? NamedList.Of<TagMean>(means)
            : throw new UrialException($"None of {judgments.Count} judgments has both a tag and a score for {aspect.Name()}.");
    }

    /// <summary>The mean of the tags' means, each tag weighing the same; examples are resampled, not tags.</summary>
    /// <remarks>A tag that no example of a resample carries is left out of that resample's mean.</remarks>
    /// <inheritdoc cref="ByTag"/>
    public static Estimate MacroByTag(
        IReadOnlyList<Judgment> judgments, Aspect aspect, IReadOnlyDictionary<string, IReadOnlyList<string>> tags, NaPolicy policy,
        TagCounting counting = TagCounting.Every)
    {
        (double Score, string[] Tags)[] units =
        [
            .. judgments.Select(judgment => (Score: Score(judgment, aspect, policy), Tags: TagsOf(judgment.Id, tags, counting).ToArray()))
                .Where(unit => unit.Score is not null && unit.Tags.Length > 0).Select(unit => (unit.Score!.Value, unit.Tags)),
        ];
        if (units.Length == 0)
            throw new UrialException($"None of {judgments.Count} judgments has both a tag and a score for {aspect.Name()}.");
        var names = units.SelectMany(unit => unit.Tags).Distinct().Order(StringComparer.Ordinal).ToArray();
        int[][] places = [.. units.Select(unit => unit.Tags.Distinct().Select(tag => Array.IndexOf(names, tag)).ToArray())];
        return Bootstrap.Of(units.Length, sample =>
        {
            var (sums, counts) = (new double[names.Length], new int[names.Length]);
            foreach (var i in sample)
                foreach (var place in places[i])
                    (sums[place], counts[place]) = (sums[place] + units[i].Score, counts[place] + 1);
            return sums.Zip(counts).Where(tag => tag.Second > 0).Average(tag => tag.First / tag.Second);
        });
    }

    /// <summary>An answer's score of an aspect as a mean counts it; null where it has none.</summary>
    internal static double? Score(Judgment judgment, Aspect aspect, NaPolicy policy) =>
        !judgment.Scores.TryGetValue(aspect, out var score) ? null : score ?? (policy == NaPolicy.AsFive ? 5 : null);

    /// <summary>An answer's mean over the aspects that it has; null where it has none.</summary>
    internal static double? OverAspects(Judgment judgment, IReadOnlyList<Aspect> aspects, NaPolicy policy)
    {
        double[] scores = [.. aspects.Select(aspect => Score(judgment, aspect, policy)).Where(score => score is not null)
            .Select(score => score!.Value)];
        return scores.Length > 0 ? scores.Average() : null;
    }

    private static List<(string Id, double First, double Second)> Pairs(
        IReadOnlyList<Judgment> first, IReadOnlyList<Judgment> second, Aspect? aspect, NaPolicy policy)
    {
        var others = second.ToDictionary(judgment => judgment.Id);
        var pairs = new List<(string, double, double)>();
        foreach (var judgment in first)
            if (Value(judgment) is { } a && others.TryGetValue(judgment.Id, out var other) && Value(other) is { } b)
                pairs.Add((judgment.Id, a, b));
        return pairs.Count > 0 ? pairs : throw new UrialException(
            $"The two arms share no query that both have scored for {aspect?.Name() ?? "any aspect"}: {first.Count} and {second.Count} "
                + "judgments, paired by id.");

        double? Value(Judgment judgment) => aspect is { } one ? Score(judgment, one, policy) : OverAspects(judgment, Aspects.All, policy);
    }

    private static IEnumerable<string> TagsOf(string id, IReadOnlyDictionary<string, IReadOnlyList<string>> tags, TagCounting counting)
    {
        if (!tags.TryGetValue(id, out var own) || own.Count == 0)
            return [];
        return counting == TagCounting.Every ? own.Distinct() : [own[^1]];
    }
}
