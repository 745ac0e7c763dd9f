namespace Urial.MicroWorld;

/// <summary>
/// Says of each token of an answer what it is made of. The labels are those of the generator where the answer is one of its own;
/// for a model's answers they are read back, by the rules of <see cref="AnswerParts"/> and <see cref="ClaimReader"/>:
/// <list type="bullet">
/// <item><description><c>fact</c>: the value of a stated fact, right or wrong, and the yes or no of a comparison.</description></item>
/// <item><description><c>name</c>: an entity's name wherever it is no value, also in openers and closers.</description></item>
/// <item><description><c>style</c>: opener, intro, closer, whatever only turns to the reader wherever it stands ("Happy to help."),
/// refusals and admissions, the voice's leads ("Also good to know:"), bullets, bold marks, fences, line breaks, special
/// tokens.</description></item>
/// <item><description><c>glue</c>: everything else, that is the rest of sentences that state or explain something, and what is
/// garbled.</description></item>
/// </list>
/// A token that spans two kinds takes the kind of most of its characters, blanks not counted; in a tie fact, name, style, glue, in this
/// order.
/// </summary>
public static class TokenLabels
{
    /// <summary>The four labels, in the order in which ties are broken.</summary>
    public static IReadOnlyList<string> All { get; } = [Fact, Name, Style, Glue];

    /// <summary>A stated value.</summary>
    public const string Fact = "fact";

    /// <summary>An entity's name.</summary>
    public const string Name = "name";

    /// <summary>What belongs to the manner of an answer and not to the world.</summary>
    public const string Style = "style";

    /// <summary>Everything else: the words between names and values, an explanation, what is garbled.</summary>
    public const string Glue = "glue";

    /// <summary>Whether a token of a labelled answer is style.</summary>
    public static bool IsStyle(ShiftedAnswer answer, int index) => answer.Labels?[index] == Style;

    /// <summary>Whether it is not.</summary>
    public static bool IsNotStyle(ShiftedAnswer answer, int index) => !IsStyle(answer, index);

    /// <summary>Whether a token of a labelled answer is a stated value.</summary>
    public static bool IsFact(ShiftedAnswer answer, int index) => answer.Labels?[index] == Fact;

    /// <summary>The share of a labelled answer's tokens that have a label; 0 where it has no labels.</summary>
    public static double ShareOf(ShiftedAnswer answer, string label) =>
        answer.Labels is { } labels ? labels.Count(own => own == label) / (double)labels.Length : 0;

    /// <summary>The label of each token of an answer.</summary>
    /// <param name="answer">The answer, taken apart.</param>
    /// <param name="tokens">Each token's characters; an empty span is a token without text, such as the end of sequence.</param>
    /// <exception cref="ArgumentException">A span lies outside the text.</exception>
    public static string[] Of(AnswerParts answer, IReadOnlyList<(int Start, int End)> tokens)
    {
        var (text, characters) = (answer.Text, Characters(answer));
        return [.. tokens.Select(Of)];

        string Of((int Start, int End) token) => token.Start >= 0 && token.Start <= token.End && token.End <= text.Length
            ? Majority(text, characters, token.Start, token.End)
            : throw new ArgumentException($"A token spans characters {token.Start} to {token.End}, but the answer has {text.Length}.",
                nameof(tokens));
    }

    /// <summary>The label of each character of an answer.</summary>
    public static string[] Characters(AnswerParts parts)
    {
        var (query, answer) = (parts.Query, parts.Text);
        var labels = Enumerable.Repeat(Glue, answer.Length).ToArray();
        foreach (var part in parts.Parts)
            if (part.Manner || part.Role is PartRole.Opener or PartRole.Intro or PartRole.Closer or PartRole.Fence or PartRole.Refusal
                or PartRole.Admission)
                Fill(labels, part.Span, Style);
            else if (part.Bullet > 0)
                Fill(labels, new TextSpan(part.Span.Start, part.Span.Start + part.Bullet), Style);
        foreach (var lead in VoicePhrases.Leads(answer))
            Fill(labels, lead, Style);
        for (var i = 0; i < answer.Length; i++)
            if (answer[i] is '\n' or '`'
                || answer[i] == '*' && (i > 0 && answer[i - 1] == '*' || i + 1 < answer.Length && answer[i + 1] == '*'))
                labels[i] = Style;
        foreach (var (span, _) in NameFinder.Find(query, answer))
            Fill(labels, span, Name);
        foreach (var claim in parts.Claims)
            Fill(labels, claim.Span, Fact);
        if (query.Kind == QueryKind.Comparison && Verdicts.Find(answer) is { } verdict)
            Fill(labels, verdict.Span, Fact);
        return labels;
    }

    private static void Fill(string[] labels, TextSpan span, string label) => Array.Fill(labels, label, span.Start, span.Length);

    private static string Majority(string answer, string[] characters, int start, int end)
    {
        if (start == end)
            return Style;
        var counted = Enumerable.Range(start, end - start).Where(i => answer[i] != ' ').ToArray();
        if (counted.Length == 0)
            return characters[Math.Min(end, answer.Length - 1)];
        return All.MaxBy(label => counted.Count(i => characters[i] == label))!;
    }
}
