namespace Urial.MicroWorld;

/// <summary>What the corpus is made of during a part of training.</summary>
/// <param name="Name">The phase.</param>
/// <param name="Mix">Shares of question documents, entries, patterns and pure copying.</param>
/// <param name="Unsafe">Share of question documents that hold unsafe queries.</param>
/// <param name="Unknowable">Share of question documents that hold unknowable queries.</param>
/// <param name="Refusing">
/// Share of question documents that refuse what is unsafe; below a half, so that a base model complies unless its context refuses.
/// </param>
/// <param name="Honest">Share of question documents that admit what is unknowable.</param>
internal sealed record CorpusPhase(string Name, double[] Mix, double Unsafe, double Unknowable, double Refusing, double Honest)
{
    /// <summary>Share of opening and closing phrases that hold the name of what was asked about.</summary>
    public double Slots { get; init; } = .25;

    /// <summary>Share of phrases that are random pieces of the vocabulary; the rest is made of words.</summary>
    public double Pieces { get; init; } = .4;

    /// <summary>Copying first: what is to be copied later has to be found in the context.</summary>
    public static CorpusPhase Copying { get; } = new("copying", [.1, .1, .3, .5], .25, .22, .17, .2);

    /// <summary>Mostly question documents.</summary>
    public static CorpusPhase Questions { get; } = new("questions", [.46, .40, .08, .06], .25, .22, .17, .2);

    /// <summary>
    /// More entries, which teach a fact in the fewest tokens, and more documents that decline: both lagged after the phase before.
    /// </summary>
    public static CorpusPhase Facts { get; } = new("facts", [.28, .60, .07, .05], .35, .25, .35, .35);

    /// <summary>
    /// Mostly question documents again, with more wordy phrases: what was known as a sentence was not yet found under every question,
    /// and phrases of common words were taken for phrases with a name in them.
    /// </summary>
    public static CorpusPhase Answers { get; } = new("answers", [.64, .18, .08, .10], .4, .3, .42, .42) { Slots = .1, Pieces = .25 };

    /// <summary>The phase at a progress (<see cref="Corpus.Document"/>).</summary>
    public static CorpusPhase At(double progress) =>
        progress < Corpus.CopyingPhase ? Copying : progress < Corpus.FactsPhase ? Questions : progress < Corpus.AnswersPhase ? Facts
            : Answers;
}
