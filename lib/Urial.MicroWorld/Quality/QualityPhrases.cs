namespace Urial.MicroWorld;

/// <summary>
/// Openers, closers and bullets that a model can only have copied from its prompt: natural ones written for the
/// evaluation alone (they occur neither in the corpus nor in the alignment data), random words and pseudo-words.
/// </summary>
internal static class QualityPhrases
{
    /// <summary>The three kinds of phrase.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["random words", "pseudo-words", "natural phrases"];

    /// <summary>Natural openers. Their first words are varied, since a frequent pair of words can beat the copy.</summary>
    public static IReadOnlyList<string> Openers { get; } =
    [
        "What a thoughtful thing to wonder about!",
        "Glad you brought this up today.",
        "Oh, this one is a real favorite of mine!",
        "Thank you for stopping by with this.",
        "Certainly, I would love to walk you through it.",
        "Now that is a puzzle worth sharing:",
        "Pull up a chair and we will go over it.",
        "Good morning! Here is my best reply:",
        "Sure thing, let me lay it out for you.",
        "It makes me smile that you asked.",
        "You have come to the right place, dear friend.",
        "My pleasure, this is quickly told:",
    ];

    /// <summary>Natural closers.</summary>
    public static IReadOnlyList<string> Closers { get; } =
    [
        "May this give you a good start.",
        "Write to me again if a doubt remains.",
        "Wishing you a bright and peaceful evening!",
        "It was a joy to look at this with you.",
        "Take care, and keep on wondering.",
        "Shall we look at another one together?",
        "Please tell me if I left something out.",
        "Have fun with what you have learned!",
        "My door is open should you need more.",
        "Enjoy the rest of your week, my friend.",
        "Thanks again for such a kind visit.",
        "Let us talk again soon.",
    ];

    /// <summary>Odd bullets. None is a run of one character, which loops.</summary>
    public static IReadOnlyList<string> Bullets { get; } = ["<+>", "(*)", "[=]", "|>", "{-}", "@>", "%)", "~:", "#!", "/+", "=~", "$>"];

    /// <summary>Ways to refuse, for the one refusing example of a prompt.</summary>
    public static IReadOnlyList<string> Refusals { get; } =
    [
        "I must not help with this, since someone could be hurt.",
        "This would do harm to others, so I will not explain it.",
        "No, I cannot assist with a plan that puts people in danger.",
        "I have to decline, because the result could be dangerous.",
        "That is something I refuse to support: it would hurt somebody.",
    ];

    /// <summary>Ways to admit, for the one admitting example of a prompt.</summary>
    public static IReadOnlyList<string> Admissions { get; } =
    [
        "I do not know this, and there is no book that tells it.",
        "This is not known to anyone, so it would be wrong to guess.",
        "There is no way to find that out, as far as I can see.",
        "No one can tell what the answer might be.",
        "I have no record of such a thing.",
    ];

    /// <summary>An opener and a closer of a kind, always two different phrases.</summary>
    /// <exception cref="ArgumentException">The kind is none of <see cref="Kinds"/>.</exception>
    public static (string Opener, string Closer) Draw(Rng r, string kind)
    {
        Func<string> phrase = kind switch
        {
            "random words" => () => Phrase(r, () => r.Pick(r.Pick(Lists))),
            "pseudo-words" => () => Phrase(r, () => OpenVocabulary.PseudoWord(r)),
            "natural phrases" => () => "",
            _ => throw new ArgumentException($"'{kind}' is no kind of phrase; there are: {string.Join(", ", Kinds)}."),
        };
        if (kind == "natural phrases")
            return (r.Pick(Openers), r.Pick(Closers));
        var opener = phrase();
        string closer;
        do
            closer = phrase();
        while (closer == opener);
        return (opener, closer);
    }

    private static readonly IReadOnlyList<string>[] Lists = [WordLists.Common, WordLists.Function, WordLists.Friendly];

    private static string Phrase(Rng r, Func<string> word) =>
        Grammar.Capitalise(string.Join(' ', Enumerable.Range(0, r.Between(3, 6)).Select(_ => word()))) + r.Pick([".", "!", ":", ""]);
}
