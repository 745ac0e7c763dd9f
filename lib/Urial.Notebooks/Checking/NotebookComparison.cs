namespace Urial.Notebooks;

/// <summary>
/// Compares a fresh run with what is committed. Text has to be the same; a rounded number may differ by one unit in its
/// last printed digit or by 1e-3 of itself, whichever is more; pictures are compared by the figure they show and by
/// being there, not by their bytes, which depend on the machine's fonts.
/// </summary>
internal static class NotebookComparison
{
    private const int Width = 160;

    /// <summary>All differences, in order of the cells; at most one for each output.</summary>
    /// <param name="committed">The notebook as committed.</param>
    /// <param name="fresh">The same notebook after a run.</param>
    public static IReadOnlyList<NotebookDifference> Compare(Notebook committed, Notebook fresh)
    {
        var differences = new List<NotebookDifference>();
        foreach (var ((before, now), i) in committed.CodeCells.Zip(fresh.CodeCells).Select((pair, i) => (pair, i)))
            differences.AddRange(Compare(committed.Name, i + 1, before, now));
        return differences;
    }

    private static IEnumerable<NotebookDifference> Compare(string notebook, int cell, NotebookCell before, NotebookCell now)
    {
        if (before.ExecutionCount != now.ExecutionCount)
        {
            yield return new(notebook, cell, null, "executed in order", Count(before.ExecutionCount), Count(now.ExecutionCount));
            yield break;
        }
        for (var i = 0; i < Math.Max(before.Outputs.Count, now.Outputs.Count); i++)
        {
            var (was, isNow) = (before.Outputs.ElementAtOrDefault(i), now.Outputs.ElementAtOrDefault(i));
            if (Compare(was, isNow) is { } found)
                yield return new(notebook, cell, i + 1, found.What, Shorten(found.Committed, found.Fresh),
                    Shorten(found.Fresh, found.Committed));
        }
    }

    private static (string What, string Committed, string Fresh)? Compare(CellOutput? before, CellOutput? now) => (before, now) switch
    {
        (StreamOutput a, StreamOutput b) when a.Name == b.Name => Lines(a.Name, a.Text, b.Text),
        (ErrorOutput a, ErrorOutput b) => Lines("error", string.Join('\n', a.Traceback), string.Join('\n', b.Traceback)),
        (DisplayOutput a, DisplayOutput b) when a.ExecutionCount is null == b.ExecutionCount is null => Forms(a, b),
        _ => ("another kind of output", Kind(before), Kind(now)),
    };

    private static (string What, string Committed, string Fresh)? Forms(DisplayOutput before, DisplayOutput now)
    {
        // What readers see first: words and numbers before markup, pictures last.
        foreach (var type in before.Data.Keys.Union(now.Data.Keys).OrderBy(t => t == MimeTypes.Text ? 0 : t == MimeTypes.Png ? 2 : 1))
        {
            if (!before.Data.TryGetValue(type, out var a) || !now.Data.TryGetValue(type, out var b))
                return ($"the form {type}", before.Data.ContainsKey(type) ? "is there" : "is not there",
                    now.Data.ContainsKey(type) ? "is there" : "is not there");
            if (type is MimeTypes.Png)
                continue;
            if (before.Text(type) is { } textA && now.Text(type) is { } textB && !MimeTypes.IsJson(type))
            {
                if (Lines(type, textA, textB) is { } found)
                    return found;
            }
            else if (JsonComparison.FirstDifference(a, b, "") is var (path, one, other))
                return ($"{type}, {path.TrimStart('.')}", one, other);
        }
        return null;
    }

    private static (string What, string Committed, string Fresh)? Lines(string what, string before, string now)
    {
        if (PrintedNumber.SameText(before, now))
            return null;
        var (a, b) = (before.Split('\n'), now.Split('\n'));
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            var (one, other) = (a.ElementAtOrDefault(i) ?? "", b.ElementAtOrDefault(i) ?? "");
            if (i >= a.Length || i >= b.Length || !PrintedNumber.SameText(one, other))
                return (FormattableString.Invariant($"{what}, line {i + 1}"), one, other);
        }
        return (what, before, now);
    }

    private static string Kind(CellOutput? output) => output switch
    {
        null => "nothing",
        StreamOutput s => $"{s.Name}: {s.Text.Split('\n')[0]}",
        ErrorOutput e => $"error: {e.Name}: {e.Message.Split('\n')[0]}",
        DisplayOutput { ExecutionCount: null } d => $"display: {d.Text(MimeTypes.Text)?.Split('\n')[0]}",
        DisplayOutput d => $"value: {d.Text(MimeTypes.Text)?.Split('\n')[0]}",
        _ => output.GetType().Name,
    };

    private static string Count(int? count) => count is { } n ? FormattableString.Invariant($"[{n}]") : "not executed";

    /// <summary>The part of a long line where the two differ.</summary>
    private static string Shorten(string line, string other)
    {
        if (line.Length <= Width)
            return line;
        var same = line.AsSpan().CommonPrefixLength(other);
        var start = Math.Clamp(same - Width / 3, 0, line.Length - Width);
        return $"{(start > 0 ? "…" : "")}{line.Substring(start, Width)}{(start + Width < line.Length ? "…" : "")}";
    }
}
