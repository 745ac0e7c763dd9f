using System.Text.RegularExpressions;

namespace Urial;

/// <summary>What can be said of an answer without a judge, by stated rules on its text.</summary>
/// <remarks>
/// How often the rules for opener, closer and refusal are right is measured on this project's written answers, where the truth is known
/// (<c>data/alignment/README.md</c> has precision and recall, and a test holds them). The rules were made on these very answers, which
/// have one voice: on other texts they may err more often.
/// </remarks>
public sealed partial record AnswerMeasures
{
    /// <summary>How long the sequences of words are whose repetition makes a loop.</summary>
    public const int LoopLength = 8;

    // Written openers have 10 to 23 words and closers 8 to 22; a few short lines of a body look like either.
    private const int ShortestOpener = 8, LongestOpener = 30, ShortestCloser = 6, LongestCloser = 20;

    private AnswerMeasures()
    {
    }

    /// <summary>Whether the answer ended by itself, and was not cut by the limit of tokens.</summary>
    public required bool EndsByItself { get; init; }

    /// <summary>Length in words, runs of characters parted by white space (<see cref="WordCount"/>).</summary>
    public required int Words { get; init; }

    /// <summary>
    /// The share of sequences of 8 words that stood in the answer before, 0 to 1; 0 for fewer than 8 words. Words are those of
    /// <see cref="Words"/>, compared as they are written, with their punctuation.
    /// </summary>
    public required double LoopShare { get; init; }

    /// <summary>How many paragraphs there are: stretches of text parted by blank lines.</summary>
    public required int Paragraphs { get; init; }

    /// <summary>Whether two lines or more begin as items of a list: <c>-</c>, <c>*</c>, <c>+</c> or <c>•</c>, and a space.</summary>
    public required bool HasList { get; init; }

    /// <summary>Whether two lines or more begin with a number: <c>1.</c> or <c>1)</c>, and a space.</summary>
    public required bool HasSteps { get; init; }

    /// <summary>Whether a line is a heading: <c>#</c> to <c>######</c> and a space before it, or nothing in it but bold text.</summary>
    public required bool HasHeading { get; init; }

    /// <summary>Whether there is a list, steps, a heading, or three paragraphs or more.</summary>
    public bool HasStructure => HasList || HasSteps || HasHeading || Paragraphs >= 3;

    /// <summary>
    /// Whether the answer leads over before it answers: of two paragraphs or more, the first is one line of 8 to 30 words in one or two
    /// sentences, no item, heading, code or quotation.
    /// </summary>
    public required bool HasOpener { get; init; }

    /// <summary>
    /// Whether the answer takes its leave: of two paragraphs or more, the last is one line of 6 to 20 words in one whole sentence, no item,
    /// heading, code or quotation.
    /// </summary>
    public required bool HasCloser { get; init; }

    /// <summary>Whether the answer declines within its first 60 words (<see cref="RefusalPhrases"/>).</summary>
    public required bool Refuses { get; init; }

    /// <summary>Measures an answer.</summary>
    /// <param name="text">Its text, special tokens left out.</param>
    /// <param name="ended">Whether it ended by itself.</param>
    public static AnswerMeasures Of(string text, bool ended)
    {
        text = text.ReplaceLineEndings("\n").Trim();
        string[] paragraphs = [.. BlankLine().Split(text).Select(paragraph => paragraph.Trim()).Where(paragraph => paragraph.Length > 0)];
        string[] lines = [.. text.Split('\n').Select(line => line.Trim())];
        return new AnswerMeasures
        {
            EndsByItself = ended,
            Words = WordCount.Of(text),
            LoopShare = RepeatedShare(text),
            Paragraphs = paragraphs.Length,
            HasList = lines.Count(line => Item().IsMatch(line)) >= 2,
            HasSteps = lines.Count(line => Step().IsMatch(line)) >= 2,
            HasHeading = lines.Any(line => Heading().IsMatch(line)),
            HasOpener = paragraphs.Length >= 2 && IsProse(paragraphs[0], ShortestOpener, LongestOpener, 2, mustEnd: false),
            HasCloser = paragraphs.Length >= 2 && IsProse(paragraphs[^1], ShortestCloser, LongestCloser, 1, mustEnd: true),
            Refuses = RefusalPhrases.In(text),
        };
    }

    private static double RepeatedShare(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var count = words.Length - LoopLength + 1;
        if (count < 1)
            return 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var repeated = Enumerable.Range(0, count).Count(first => !seen.Add(string.Join(' ', words, first, LoopLength)));
        return (double)repeated / count;
    }

    private static bool IsProse(string paragraph, int fewest, int most, int sentences, bool mustEnd) =>
        !paragraph.Contains('\n') && !NoProse().IsMatch(paragraph)
        && WordCount.Of(paragraph) is var words && words >= fewest && words <= most
        && SentenceEnd().Count(paragraph) is var ends && ends >= (mustEnd ? 0 : 1) && ends <= sentences
        && (!mustEnd || paragraph[^1] is '.' or '!' or '?');

    [GeneratedRegex(@"\n[^\S\n]*\n")]
    private static partial Regex BlankLine();

    [GeneratedRegex(@"^[-*+•] ")]
    private static partial Regex Item();

    [GeneratedRegex(@"^\d+[.)] ")]
    private static partial Regex Step();

    [GeneratedRegex(@"^(?:#{1,6} \S|\*\*[^*]+\*\*:?\z)")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?:[-*+•] |\d+[.)] |#{1,6} |```|>|\||\*\*|[""“(])")]
    private static partial Regex NoProse();

    [GeneratedRegex(@"[.!?:][""”’)]*(?=\s|\z)")]
    private static partial Regex SentenceEnd();
}
