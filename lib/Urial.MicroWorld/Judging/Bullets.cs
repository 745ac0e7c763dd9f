using System.Text.RegularExpressions;

namespace Urial.MicroWorld;

/// <summary>Finds the bullets of an answer: marks, numbers, or whatever begins two or more lines in a row.</summary>
internal static partial class Bullets
{
    /// <summary>For each sentence the length of the bullet that it begins with; 0 for none.</summary>
    public static int[] Find(string text, IReadOnlyList<TextSpan> sentences)
    {
        int[] lengths = [.. sentences.Select(s => AtLineStart(text, s) ? Usual().Match(s.Of(text)).Groups["bullet"].Length : 0)];
        // A bullet of letters is known only by its company: the same run of up to six characters before a fact, line by line.
        for (var i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] > 0 || !AtLineStart(text, sentences[i]))
                continue;
            var run = Run(sentences[i].Of(text));
            if (run is { Length: > 0 and <= 6 } && (IsOdd(run, i - 1) || IsOdd(run, i + 1))
                && !char.IsLetterOrDigit(run[^1]) | run.Length <= 3 && !WordLists.Function.Contains(run.ToLowerInvariant()))
                lengths[i] = run.Length;
        }
        return lengths;

        bool IsOdd(string run, int other) =>
            other >= 0 && other < lengths.Length && AtLineStart(text, sentences[other]) && Run(sentences[other].Of(text)) == run;
    }

    private static string? Run(string line) => line.IndexOf(' ') is > 0 and var blank ? line[..blank] : null;

    private static bool AtLineStart(string text, TextSpan span) => text[..span.Start].TrimEnd(' ') is "" or [.., '\n'];

    // Marks without letters, or a number or letter with a mark, before a blank.
    [GeneratedRegex("""^(?<bullet>(?!\*\*|"|'|`)[^\p{L}\p{N}\s]{1,4}|[\p{L}\p{N}]{1,2}[).:>]|\([\p{L}\p{N}]{1,3}\))(?=\s)""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Usual();
}
