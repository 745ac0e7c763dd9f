namespace Urial;

/// <summary>
/// Where an answer's text is cut. The stop string that is complete first counts; of those complete at the same character, the one
/// that begins first. The text ends before it.
/// </summary>
/// <remarks>
/// <para>A stop string does not count where it touches a code block that the answer itself opened (see <see cref="CodeBlocks"/>):
/// "# Query" in a shell script is a comment.</para>
/// <para>In a fenced prompt layout the prompt opens a fence, the answer stands inside it, and a bare fence closes it ("\n```" is then the
/// stop string, or "# Query" follows). There a fence with an info string (<c>```python</c>) opens a block of the answer and the bare
/// fence after it closes that block; the first bare fence outside a block closes the prompt's, and behind it every stop string counts:
/// that is no longer the answer. So a block that the answer opens with a bare fence cannot be told from the end of the answer, and is taken
/// for it.</para>
/// <para>The layout is read off: the answer stands inside a fence of the prompt where a stop string holds a fence, or where the
/// prompt's last line that is not empty is one. Elsewhere a bare fence opens a block of the answer.</para>
/// <para>Whether a line is a fence, and a bare one, is known when the line ends. A stop string that reaches into such a line waits for
/// that, usually one token; at the end of the answer, what is there counts.</para>
/// <para>Where the prompt ends with a line break, a fence at the very beginning of the answer stands at the beginning of a line, and the
/// stop string "\n```" finds its line break in the prompt: the answer is empty.</para>
/// </remarks>
internal sealed class StopStrings
{
    private const string Fence = "```";

    private readonly string[] _stops;
    private readonly string _before; // what the answer is read behind: the prompt's last line break, or something that is none
    private readonly bool _framed; // whether the answer stands inside a fence of the prompt

    /// <summary>The stop strings of one answer.</summary>
    /// <param name="stops">The strings.</param>
    /// <param name="prompt">The prompt's text, or at least its last lines; empty where the answer begins a text of its own.</param>
    /// <exception cref="UrialException">A string is empty.</exception>
    public StopStrings(IReadOnlyList<string> stops, string prompt = "")
    {
        Check(stops);
        _stops = [.. stops];
        _before = prompt.Length == 0 || prompt[^1] == '\n' ? "\n" : " x";
        _framed = stops.Any(stop => stop.Contains(Fence, StringComparison.Ordinal)) || CodeBlocks.LastLineIsFence(prompt);
    }

    /// <summary>Where the answer's text ends, as a number of characters, or null where no stop string was found (yet).</summary>
    /// <param name="answer">The answer's text so far. Once a cut is found, further text does not change it.</param>
    /// <param name="ended">Whether nothing follows: a fence at the end is then taken for what it looks like.</param>
    public int? Cut(string answer, bool ended = false)
    {
        var text = _before + answer;
        (int Start, int End)[] found = [.. _stops.SelectMany(stop => Places(text, stop))];
        if (found.Length == 0)
            return null;
        var blocks = CodeBlocks.Of(text, _framed, ended);
        foreach (var (start, end) in found.OrderBy(place => place.End).ThenBy(place => place.Start))
        {
            if (end > blocks.KnownUpTo)
                return null; // what follows decides; every later place waits for it too
            if (!blocks.Touch(start, end))
                return Math.Max(0, start - _before.Length);
        }
        return null;
    }

    /// <summary>Refuses stop strings that would stop everything.</summary>
    /// <exception cref="UrialException">One is empty.</exception>
    internal static void Check(IReadOnlyList<string> stops)
    {
        if (stops.Any(string.IsNullOrEmpty))
            throw new UrialException("A stop string is empty, and would end every answer before it begins. Leave it out.");
    }

    private IEnumerable<(int Start, int End)> Places(string text, string stop)
    {
        // The prompt lends its line break to a fence only: "\n\n" is to be found in the answer.
        var first = _before == "\n" && stop.StartsWith('\n' + Fence, StringComparison.Ordinal) ? 0 : _before.Length;
        for (var at = text.IndexOf(stop, first, StringComparison.Ordinal); at >= 0;
            at = text.IndexOf(stop, at + 1, StringComparison.Ordinal))
            yield return (at, at + stop.Length);
    }
}
