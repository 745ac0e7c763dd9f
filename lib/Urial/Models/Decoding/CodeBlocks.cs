namespace Urial;

/// <summary>
/// The fenced code blocks that a text opens, as CommonMark 0.31 (section 4.5) reads backtick fences: three or more backticks behind at
/// most three spaces; an opening fence may carry an info string without backticks; a block ends with a bare fence at least as long as
/// the one that opened it, or with the text. Fences made of tildes are not looked for.
/// </summary>
internal sealed class CodeBlocks
{
    private const int ShortestFence = 3;

    // from the opening line's first character to before the closing line's line break
    private readonly List<(int Start, int End)> _blocks = [];

    private CodeBlocks()
    {
    }

    /// <summary>
    /// Up to here it is certain what is a block: the whole text, or the beginning of a last line that may become a fence.
    /// </summary>
    public int KnownUpTo { get; private set; }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="framed">
    /// Whether a fence is open around the text: the first bare fence outside its blocks closes that one, and what follows is not looked at.
    /// </param>
    /// <param name="ended">Whether the text is complete, so that its last line is.</param>
    public static CodeBlocks Of(string text, bool framed, bool ended)
    {
        var found = new CodeBlocks { KnownUpTo = text.Length };
        var (start, length) = (-1, 0); // the open block's beginning and its fence's length
        for (var line = 0; line <= text.Length;)
        {
            var end = text.IndexOf('\n', line);
            var complete = end >= 0 || ended;
            end = end < 0 ? text.Length : end;
            var read = Line.Of(text.AsSpan(line, end - line));
            if (!complete && start < 0 && read.MayBecomeFence)
                found.KnownUpTo = line;
            else if (complete && start >= 0 && read.IsBare && read.Length >= length)
            {
                found._blocks.Add((start, end));
                start = -1;
            }
            else if (complete && start < 0 && read.IsFence)
            {
                if (read.IsBare && framed)
                    return found;
                (start, length) = (line, read.Length);
            }
            line = end + 1;
        }
        if (start >= 0)
            found._blocks.Add((start, int.MaxValue));
        return found;
    }

    /// <summary>Whether the last line that is not empty is a fence.</summary>
    public static bool LastLineIsFence(string text)
    {
        var trimmed = text.AsSpan().TrimEnd();
        return Line.Of(trimmed[(trimmed.LastIndexOf('\n') + 1)..]).IsFence;
    }

    /// <summary>Whether a block has a character in common with a part of the text.</summary>
    public bool Touch(int start, int end) => _blocks.Exists(block => start < block.End && block.Start < end);

    /// <param name="Length">Number of backticks that the line begins with.</param>
    /// <param name="IsFence">Whether it is a fence, as far as it goes.</param>
    /// <param name="IsBare">Whether it is a fence without an info string.</param>
    /// <param name="MayBecomeFence">Whether it is a fence or may become one when the line goes on.</param>
    private readonly record struct Line(int Length, bool IsFence, bool IsBare, bool MayBecomeFence)
    {
        public static Line Of(ReadOnlySpan<char> line)
        {
            var unindented = line.TrimStart(' ');
            if (line.Length - unindented.Length > 3)
                return default;
            var info = unindented.TrimStart('`');
            var length = unindented.Length - info.Length;
            var fence = length >= ShortestFence && !info.Contains('`');
            return new Line(length, fence, fence && info.IsWhiteSpace(), fence || info.IsEmpty);
        }
    }
}
