namespace Urial;

/// <summary>Splits pieces where a pattern matches.</summary>
/// <param name="pattern">Finds the places.</param>
/// <param name="behavior">What becomes of them.</param>
/// <param name="invert">Whether the places are what the pattern leaves over.</param>
internal sealed class Splitter(IPattern pattern, SplitBehavior behavior, bool invert = false) : IPreTokenizer
{
    /// <inheritdoc/>
    public void Cut(TextPiece piece, List<TextPiece> words)
    {
        foreach (var (start, end) in Spans(piece.Text.Span))
            if (end > start)
                words.Add(new TextPiece(piece.Text[start..end], piece.AtStart && start == 0));
    }

    private List<(int Start, int End)> Spans(ReadOnlySpan<char> text)
    {
        var parts = Parts(text);
        var spans = new List<(int Start, int End)>(parts.Count);
        var after = false; // whether the part before (after it, for MergedWithNext) is a place
        switch (behavior)
        {
            case SplitBehavior.Removed:
                spans.AddRange(parts.Where(part => !part.IsPlace).Select(part => (part.Start, part.End)));
                break;
            case SplitBehavior.Isolated:
                spans.AddRange(parts.Select(part => (part.Start, part.End)));
                break;
            case SplitBehavior.MergedWithPrevious or SplitBehavior.Contiguous:
                foreach (var (start, end, isPlace) in parts)
                {
                    var joins = behavior == SplitBehavior.Contiguous ? isPlace == after : isPlace && !after;
                    if (joins && spans.Count > 0)
                        spans[^1] = (spans[^1].Start, end);
                    else
                        spans.Add((start, end));
                    after = isPlace;
                }
                break;
            case SplitBehavior.MergedWithNext:
                for (var i = parts.Count - 1; i >= 0; i--)
                {
                    var (start, end, isPlace) = parts[i];
                    if (isPlace && !after && spans.Count > 0)
                        spans[^1] = (start, spans[^1].End);
                    else
                        spans.Add((start, end));
                    after = isPlace;
                }
                spans.Reverse();
                break;
        }
        return spans;
    }

    private List<(int Start, int End, bool IsPlace)> Parts(ReadOnlySpan<char> text)
    {
        var found = pattern.Find(text);
        var parts = new List<(int, int, bool)>(2 * found.Count + 1);
        var done = 0;
        foreach (var (start, end) in found)
        {
            if (start > done)
                parts.Add((done, start, invert));
            parts.Add((start, end, !invert));
            done = end;
        }
        if (done < text.Length)
            parts.Add((done, text.Length, invert));
        return parts;
    }
}
