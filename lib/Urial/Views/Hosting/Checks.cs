namespace Urial;

/// <summary>The two kinds of check in a chapter; <c>using static Urial.Checks;</c> makes them plain calls.</summary>
public static class Checks
{
    /// <summary>A check of the chapter on itself: the run fails where it does not hold.</summary>
    /// <param name="what">What holds, as a sentence.</param>
    /// <param name="holds">Whether it does.</param>
    /// <returns>The sentence with a tick, to be shown.</returns>
    /// <exception cref="UrialException">It does not hold.</exception>
    public static string Verify(string what, bool holds) =>
        holds ? $"✓ {what}" : throw new UrialException($"This should hold and does not: {what}");

    /// <summary>A reader's answer to an exercise.</summary>
    /// <typeparam name="T">The answer's type; use a nullable one, null meaning "not tried yet".</typeparam>
    /// <param name="exercise">The exercise's name.</param>
    /// <param name="answer">The reader's answer.</param>
    /// <param name="right">Says whether an answer is right.</param>
    /// <param name="hint">What to try where it is not.</param>
    /// <returns>A line that tells the reader how they did; never an error.</returns>
    public static string Check<T>(string exercise, T? answer, Func<T, bool> right, string hint) => answer switch
    {
        null => $"{exercise}: waiting for your answer.",
        _ when right(answer) => $"{exercise}: solved ✓",
        _ => $"{exercise}: not yet. {hint}",
    };

    /// <summary>A reader's number, right within a tolerance.</summary>
    /// <param name="exercise">The exercise's name.</param>
    /// <param name="answer">The reader's number; null means "not tried yet".</param>
    /// <param name="expected">The right number.</param>
    /// <param name="tolerance">The largest difference that still counts as right.</param>
    /// <param name="hint">What to try where it is not.</param>
    public static string Check(string exercise, double? answer, double expected, double tolerance, string hint) => answer switch
    {
        null => $"{exercise}: waiting for your answer.",
        { } number when Math.Abs(number - expected) <= tolerance => $"{exercise}: solved ✓",
        _ => $"{exercise}: not yet. {hint}",
    };
}
