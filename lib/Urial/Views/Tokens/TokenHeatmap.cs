namespace Urial;

/// <summary>
/// The aligned model's answer, token by token, each marked with what its base model would have said: colour and, for
/// eyes and hosts without colour, a glyph and an underline (nothing unshifted, ○ dotted marginal, ▲ solid shifted).
/// On hover or focus a card shows the position's numbers and both models' most probable tokens.
/// </summary>
public static class TokenHeatmap
{
    /// <summary>One answer.</summary>
    public static HtmlView Of(ShiftedAnswer answer, TokenHeatmapOptions? options = null)
    {
        options ??= new TokenHeatmapOptions();
        return View([("", answer)], options.Title ?? (answer.Query.Length > 0 ? answer.Query : null), options);
    }

    /// <summary>Several answers under each other, small, each under its query, with one legend over all of them.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static HtmlView Rows(IEnumerable<ShiftedAnswer> answers, TokenHeatmapOptions? options = null)
    {
        options ??= new TokenHeatmapOptions { Compact = true, Top = 3 };
        var rows = answers.Select(answer => (answer.Query.Length > 0 ? $"{answer.Id}: {answer.Query}" : answer.Id, answer)).ToList();
        if (rows.Count == 0)
            throw new ArgumentException("There is no answer to show.", nameof(answers));
        return View(rows, options.Title, options);
    }

    /// <summary>Two answers to one query, or one answer under two base prompts, under each other; each with its own shares.</summary>
    /// <param name="first">The first answer.</param>
    /// <param name="firstName">What it is: <c>base reads the bare query</c>.</param>
    /// <param name="second">The second answer.</param>
    /// <param name="secondName">What that is: <c>base reads a URIAL prompt</c>.</param>
    /// <param name="options">What else to show.</param>
    public static HtmlView Compare(
        ShiftedAnswer first, string firstName, ShiftedAnswer second, string secondName, TokenHeatmapOptions? options = null)
    {
        options ??= new TokenHeatmapOptions();
        return View(
            [(firstName, first), (secondName, second)],
            options.Title ?? (first.Query == second.Query && first.Query.Length > 0 ? first.Query : null),
            options,
            legendEach: true);
    }

    private static HtmlView View(
        IReadOnlyList<(string Heading, ShiftedAnswer Answer)> rows, string? title, TokenHeatmapOptions options, bool legendEach = false) =>
        new(HeatmapHtml.Of(rows, title, options, legendEach), HeatmapText.Of(rows, title, options, legendEach));
}
