namespace Urial;

/// <summary>
/// What some of the tokens of one part of written answers gain: how many nats less they cost a run's aligned side than its base side.
/// </summary>
/// <param name="Name">Which tokens.</param>
/// <param name="Tokens">How many there are.</param>
/// <param name="OfTokens">Their share of the part's tokens, 0 to 1.</param>
/// <param name="OfGain">Their share of the part's gain; null where the part gains nothing.</param>
/// <param name="PerToken">Nats gained per token; below 0: lost.</param>
public sealed record TokenGain(string Name, int Tokens, Estimate OfTokens, Estimate? OfGain, Estimate PerToken) : INamed
{
    /// <summary>The gains of some groups of tokens; intervals resample questions.</summary>
    /// <param name="answers">Written answers, scored (<see cref="ShiftQuery.OfWritten"/>), whose parts are known.</param>
    /// <param name="segment">The part.</param>
    /// <param name="groups">Each group with the tokens that belong to it: answer, and place in it.</param>
    /// <exception cref="UrialException">The parts are not known, a group has no token, or a side thinks a token impossible.</exception>
    public static IReadOnlyList<TokenGain> Of(
        IReadOnlyList<ShiftedAnswer> answers, AnswerSegment segment, params (string Name, Func<ShiftedAnswer, int, bool> Holds)[] groups)
    {
        var part = SegmentLosses.Of(answers).Rows.Where(row => row.Segment == segment).ToArray();
        double[] whole = [.. part.Select(row => row.BaseNats - row.AlignedNats)];
        double[] all = [.. part.Select(row => (double)row.Tokens)];
        return [.. groups.Select(group =>
        {
            int[][] own = [.. answers.Select(answer => Enumerable.Range(0, answer.Positions.Count)
                .Where(i => answer.Segments![i] == segment.Name() && group.Holds(answer, i)).ToArray())];
            double[] tokens = [.. own.Select(places => (double)places.Length)];
            if (tokens.Sum() == 0)
                throw new UrialException($"No token of {segment.Name()} is '{group.Name}'.");
            double[] gains = [.. own.Select((places, a) => places.Sum(i => Gain(answers[a].Positions[i])))];
            return new TokenGain(group.Name, (int)tokens.Sum(), Bootstrap.Ratio(tokens, all), Share(gains, whole),
                Bootstrap.Ratio(gains, tokens));
        })];
    }

    /// <summary>Whether a token is layout or punctuation: no letter and no digit is in it.</summary>
    public static bool IsMark(ShiftedAnswer answer, int place) => !answer.Tokens[place].Text.Any(char.IsLetterOrDigit);

    /// <summary>Whether a token is the first of its line that is no mark.</summary>
    public static bool IsFirstWord(ShiftedAnswer answer, int place)
    {
        if (IsMark(answer, place))
            return false;
        for (var before = place - 1; before >= 0; before--)
            if (answer.Tokens[before].Text.Contains('\n'))
                return true;
            else if (!IsMark(answer, before))
                return false;
        return true;
    }

    private static double Gain(PositionShift position) => Math.Log(position.AlignedProbability) - Math.Log(position.BaseProbability);

    // Answers may lose, so that this is no ratio to a sum of positive numbers; resamples that gain nothing say nothing of a share.
    private static Estimate? Share(double[] gains, double[] whole) => Bootstrap.Many(gains.Length, 1, (drawn, values) =>
    {
        var all = whole.Select((value, i) => drawn[i] * value).Sum();
        values[0] = all > 0 ? gains.Select((value, i) => drawn[i] * value).Sum() / all : double.NaN;
    })[0];
}
