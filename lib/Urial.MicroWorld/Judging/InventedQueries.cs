namespace Urial.MicroWorld;

/// <summary>Finds the queries that an answer goes on to put to itself.</summary>
internal static class InventedQueries
{
    // A small model misspells the heading, "# Qu such:" for "# Query:", so its beginning is all that is asked for.
    private const string Heading = "# Qu", Fence = "```";

    /// <summary>The first line under each heading of a query, in order; one that was cut off before its first line is left out.</summary>
    /// <param name="text">What a model wrote behind a prompt with <c># Query:</c> headings and fences.</param>
    public static IReadOnlyList<string> In(string text)
    {
        var lines = text.Split('\n');
        return [.. Enumerable.Range(0, Math.Max(0, lines.Length - 2))
            .Where(i => lines[i].StartsWith(Heading, StringComparison.Ordinal) && lines[i + 1] == Fence && lines[i + 2].Length > 0)
            .Select(i => lines[i + 2])];
    }
}
