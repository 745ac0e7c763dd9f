namespace Urial;

/// <summary>
/// What differs between two prompts, part by part: system text, examples, turns, query. Two parts are the same where kind and text are;
/// their numbers may differ. Of the frames only what leads from a query to its answer is compared.
/// </summary>
internal sealed class PromptDifference
{
    private PromptDifference(IReadOnlyList<(PromptChange Change, PromptPart Part)> parts, bool sameFrame, bool sameStop) =>
        (Parts, SameFrame, SameStop) = (parts, sameFrame, sameStop);

    /// <summary>All parts but the frames, in the order of both prompts. A moved part stands where the second prompt has it.</summary>
    public IReadOnlyList<(PromptChange Change, PromptPart Part)> Parts { get; }

    /// <summary>Whether both hold their parts in the same kinds of frame.</summary>
    public bool SameFrame { get; }

    /// <summary>Whether both end answers at the same strings.</summary>
    public bool SameStop { get; }

    /// <summary>Whether nothing differs, frames and stop strings included.</summary>
    public bool IsNone => SameFrame && SameStop && Parts.All(part => part.Change == PromptChange.Same);

    /// <summary>Compares two prompts.</summary>
    public static PromptDifference Between(PromptText first, PromptText second)
    {
        PromptPart[] one = [.. first.Parts.Where(IsText)], two = [.. second.Parts.Where(IsText)];
        var (keptOne, keptTwo) = Common(one, two);
        var parts = new List<(PromptChange, PromptPart)>();
        for (int i = 0, j = 0; i < one.Length || j < two.Length;)
            if (i < one.Length && !keptOne[i])
            {
                // What comes again elsewhere is told there.
                if (!two.Where((_, place) => !keptTwo[place]).Any(part => Same(part, one[i])))
                    parts.Add((PromptChange.OnlyFirst, one[i]));
                i++;
            }
            else if (j < two.Length && !keptTwo[j])
            {
                var moved = one.Where((_, place) => !keptOne[place]).Any(part => Same(part, two[j]));
                parts.Add((moved ? PromptChange.Moved : PromptChange.OnlySecond, two[j++]));
            }
            else
            {
                parts.Add((PromptChange.Same, two[j++]));
                i++;
            }
        return new PromptDifference(parts, Frames(first).SetEquals(Frames(second)), first.Stop.SequenceEqual(second.Stop));
    }

    /// <summary>Which parts belong to a longest common subsequence.</summary>
    private static (bool[] One, bool[] Two) Common(PromptPart[] one, PromptPart[] two)
    {
        var longest = new int[one.Length + 1, two.Length + 1]; // of the parts from [i, j] on
        for (var i = one.Length - 1; i >= 0; i--)
            for (var j = two.Length - 1; j >= 0; j--)
                longest[i, j] = Same(one[i], two[j]) ? 1 + longest[i + 1, j + 1] : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        var (keptOne, keptTwo) = (new bool[one.Length], new bool[two.Length]);
        for (int i = 0, j = 0; i < one.Length && j < two.Length;)
            if (Same(one[i], two[j]))
                (keptOne[i++], keptTwo[j++]) = (true, true);
            else if (longest[i + 1, j] >= longest[i, j + 1])
                i++;
            else
                j++;
        return (keptOne, keptTwo);
    }

    private static bool Same(PromptPart one, PromptPart other) => one.Kind == other.Kind && one.Text == other.Text;

    private static bool IsText(PromptPart part) => part.Kind != PromptPartKind.Frame;

    /// <summary>What leads from a query to its answer: it tells layouts apart, whatever the number of examples.</summary>
    private static HashSet<string> Frames(PromptText prompt) =>
        [.. prompt.Parts.Zip(prompt.Parts.Skip(1))
            .Where(pair => pair.First.Kind is PromptPartKind.ExampleQuery or PromptPartKind.EarlierQuery or PromptPartKind.Query
                && !IsText(pair.Second))
            .Select(pair => pair.Second.Text)];
}
