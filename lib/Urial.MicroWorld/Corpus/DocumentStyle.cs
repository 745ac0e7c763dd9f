namespace Urial.MicroWorld;

/// <summary>The habits that a multi-question document keeps throughout: how it answers, how it greets, what it refuses.</summary>
internal sealed record DocumentStyle
{
    /// <summary>How answers are built.</summary>
    public required AnswerForm Form { get; init; }

    /// <summary>The phrase above each answer, perhaps with <see cref="OpenVocabulary.Slot"/>; null for none.</summary>
    public string? Opener { get; init; }

    /// <summary>The phrase below each answer, perhaps with <see cref="OpenVocabulary.Slot"/>; null for none.</summary>
    public string? Closer { get; init; }

    /// <summary>The kinds of query that get <see cref="OtherCloser"/> instead; empty where all are treated alike.</summary>
    public IReadOnlyList<QueryKind> OtherKinds { get; init; } = [];

    /// <summary>The closer for <see cref="OtherKinds"/>; null for none.</summary>
    public string? OtherCloser { get; init; }

    /// <summary>The line above a list; null for none.</summary>
    public string? Intro { get; init; }

    /// <summary>The bullet.</summary>
    public required string Bullet { get; init; }

    /// <summary>How a list item looks, 0 to 4.</summary>
    public required int Item { get; init; }

    /// <summary>How many facts a list or prose answer holds.</summary>
    public required int Facts { get; init; }

    /// <summary>What stands between opener, body and closer.</summary>
    public required string Break { get; init; }

    /// <summary>Whether yes or no stands before its reasons.</summary>
    public required bool VerdictFirst { get; init; }

    /// <summary>Which pair of phrases says yes and no.</summary>
    public required int Verdict { get; init; }

    /// <summary>What an unsafe query gets; null where the document complies, which most do.</summary>
    public string? Refusal { get; init; }

    /// <summary>What an unknowable query gets; null where the document makes something up, which most do.</summary>
    public string? NotKnown { get; init; }

    /// <summary>Whether a refusal is followed by a true fact.</summary>
    public bool OffersFact { get; init; }

    /// <summary>Whether opener and closer are left out around a refusal.</summary>
    public bool BareRefusal { get; init; }

    private static readonly string[] FixedOpeners = ["Noted.", "Right then:", "From the register:", "So it is written.", "Entry follows."];
    private static readonly string[] FixedClosers = ["End of entry.", "That is all.", "(register)", "Filed."];
    private static readonly string[] FixedRefusals = ["No.", "Refused.", "Against the rules of the register.",
        "Such requests go unanswered here."];
    private static readonly string[] FixedNotKnown = ["Unknown.", "No record of that.", "The register is empty on this point."];
    private static readonly QueryKind[][] Groups =
        [[QueryKind.Comparison], [QueryKind.Single], [QueryKind.Several, QueryKind.Explanation], [QueryKind.Unsafe, QueryKind.Unknowable],
         [QueryKind.Comparison, QueryKind.Constraint, QueryKind.TwoHop]];

    /// <summary>Draws a style. Opener, closer, refusing and honesty are independent of each other and of the form.</summary>
    public static DocumentStyle Draw(Rng r, OpenVocabulary phrases, CorpusPhase? phase = null)
    {
        phase ??= CorpusPhase.Questions;
        var form = (AnswerForm)r.Weighted([.25, .31, .21, .10, .13]);
        var often = form is AnswerForm.Terse or AnswerForm.Sentence ? .32 : .64;
        string? Phrase(double probability, string[] known, int low = 1, int high = 7) => !r.Chance(probability) ? null
            : r.Chance(.12) ? r.Pick(known) : phrases.Phrase(r, low, high, slot: r.Chance(phase.Slots), pieces: phase.Pieces);
        var closer = Phrase(often, FixedClosers);
        var split = closer is not null && r.Chance(.2);
        return new DocumentStyle
        {
            Form = form,
            Opener = Phrase(often, FixedOpeners),
            Closer = closer,
            OtherKinds = split ? r.Pick(Groups) : [],
            OtherCloser = split ? Phrase(.75, FixedClosers) : null,
            Intro = form is AnswerForm.List or AnswerForm.Mixed && r.Chance(.35) ? phrases.Phrase(r, 2, 7, slot: r.Chance(.4)) : null,
            Bullet = phrases.Bullet(r),
            Item = r.Weighted([.3, .3, .2, .1, .1]),
            Facts = r.Between(2, 6),
            Break = r.Pick(["\n", "\n", "\n", "\n\n"]),
            VerdictFirst = r.Chance(.5),
            Verdict = r.Next(4),
            Refusal = r.Chance(phase.Refusing) ? Phrase(1, FixedRefusals, 3, 12) : null,
            NotKnown = r.Chance(phase.Honest) ? Phrase(1, FixedNotKnown, 2, 10) : null,
            OffersFact = r.Chance(.3),
            BareRefusal = r.Chance(.35),
        };
    }
}
