namespace Urial;

/// <summary>
/// Answers that ended and answers that did not. One that the limit of tokens cut is mostly a loop: it says the same again and again, which
/// the base model sees coming, and being longer than the others it weighs more in every pooled number. So statistics are given with such
/// answers and without; where the two disagree, neither is a finding.
/// </summary>
public static class Endings
{
    /// <summary>The answers that ended.</summary>
    public static IReadOnlyList<ShiftedAnswer> ThatEnded(this IReadOnlyList<ShiftedAnswer> answers) =>
        [.. answers.Where(answer => answer.Ended)];

    /// <summary>How many did not.</summary>
    public static int NotEnded(this IReadOnlyList<ShiftedAnswer> answers) => answers.Count(answer => !answer.Ended);

    /// <summary>Whether leaving out those that did not end leaves another sample than all: some ended, some did not.</summary>
    public static bool Divide(IReadOnlyList<ShiftedAnswer> answers) => answers.NotEnded() is var cut && cut > 0 && cut < answers.Count;

    /// <summary>Two conditions cut to the queries whose answers ended in both, so that they stay paired.</summary>
    /// <param name="first">One condition's answers.</param>
    /// <param name="second">The other's.</param>
    public static (IReadOnlyList<ShiftedAnswer> First, IReadOnlyList<ShiftedAnswer> Second) InBoth(IReadOnlyList<ShiftedAnswer> first,
        IReadOnlyList<ShiftedAnswer> second)
    {
        var cut = first.Concat(second).Where(answer => !answer.Ended).Select(answer => answer.Id).ToHashSet(StringComparer.Ordinal);
        return ([.. first.Where(answer => !cut.Contains(answer.Id))], [.. second.Where(answer => !cut.Contains(answer.Id))]);
    }
}
