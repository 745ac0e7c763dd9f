using System.Text;

namespace Urial;

/// <summary>The plain form of a token heat map: a glyph before each token that is not unshifted.</summary>
internal static class HeatmapText
{
    private const int Width = 100;

    /// <summary>One text for one or several answers, each under its heading.</summary>
    public static string Of(IReadOnlyList<(string Heading, ShiftedAnswer Answer)> rows, string? title, TokenHeatmapOptions options,
        bool legendEach)
    {
        var text = new StringBuilder();
        if (title is not null)
            AppendWrapped(text, title);
        foreach (var (heading, answer) in rows)
        {
            if (heading.Length > 0)
                AppendWrapped(text, heading);
            AppendTokens(text, answer, options);
            if (options.Legend && legendEach)
                text.Append(Legend([answer])).Append('\n');
        }
        if (options.Legend && !legendEach)
            text.Append(Legend([.. rows.Select(row => row.Answer)]));
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>How many tokens the shares rest on.</summary>
    public static string Total(IReadOnlyList<ShiftedAnswer> answers, ClassCounts counts)
    {
        var eos = answers.Any(answer => answer.Positions.Any(position => position.IsEos)) ? ", end of sequence included" : "";
        return answers.Count == 1
            ? $"n = {Numbers.Count(counts.Total)} tokens{eos}"
            : $"n = {Numbers.Count(counts.Total)} tokens of {answers.Count} answers{eos}";
    }

    private static string Legend(IReadOnlyList<ShiftedAnswer> answers)
    {
        var counts = ClassCounts.Of(answers.SelectMany(answer => answer.Positions));
        return Dotted.Wrapped(Dotted.Of([
            $"{Theme.Glyph(ShiftClass.Shifted)} {counts.Legend(ShiftClass.Shifted)}",
            $"{Theme.Glyph(ShiftClass.Marginal)} {counts.Legend(ShiftClass.Marginal)}",
            counts.Legend(ShiftClass.Unshifted),
            Total(answers, counts)]), Width);
    }

    private static void AppendWrapped(StringBuilder text, string words)
    {
        foreach (var line in Markup.Lines(words, Width))
            text.Append(line).Append('\n');
    }

    private static void AppendTokens(StringBuilder text, ShiftedAnswer answer, TokenHeatmapOptions options)
    {
        var column = 0;
        var drawn = Math.Min(answer.Tokens.Length, options.MaxTokens);
        for (var i = 0; i < drawn; i++)
        {
            var token = Theme.Glyph(answer.Positions[i].Class) + answer.Tokens[i].Shown;
            if (options.Labels && answer.Labels?[i] is { Length: > 0 } label)
                token += $"[{label[0]}]";
            if (column > 0 && column + 1 + token.Length > Width)
            {
                text.Append('\n');
                column = 0;
            }
            if (column > 0)
                text.Append(' ');
            text.Append(token);
            column += token.Length + 1;
            if (HeatmapHtml.LineBreaks(answer.Tokens[i]) is > 0 and var breaks)
            {
                text.Append('\n', breaks);
                column = 0;
            }
        }
        if (drawn < answer.Tokens.Length)
            text.Append($" … {Numbers.Count(answer.Tokens.Length - drawn)} more tokens");
        if (text[^1] != '\n')
            text.Append('\n');
    }
}
