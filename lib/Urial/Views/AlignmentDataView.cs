using System.Text;

namespace Urial;

/// <summary>
/// Browses written examples: how many there are of each kind, and examples with their parts marked, by colour, by a border of their own
/// (solid, double, dashed) and in words. Lists are folded; no script is needed.
/// </summary>
public static class AlignmentDataView
{
    private const int TextWidth = 100;
    private const int MostOfAKind = 20;

    /// <summary>A view of examples.</summary>
    /// <param name="examples">The examples, as <see cref="WrittenExamples.ReadAll"/> reads them.</param>
    /// <param name="title">A heading; null for none.</param>
    /// <param name="perKind">How many examples of each kind are shown, 0 to 20: the first of the file.</param>
    /// <exception cref="ArgumentException">There are no examples.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="perKind"/> is below 0 or above 20.</exception>
    public static HtmlView Of(IReadOnlyList<WrittenExample> examples, string? title = null, int perKind = 1)
    {
        if (examples.Count == 0)
            throw new ArgumentException("There are no examples to show.", nameof(examples));
        ArgumentOutOfRangeException.ThrowIfNegative(perKind);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(perKind, MostOfAKind);
        var kinds = examples.GroupBy(example => example.Kind ?? "no kind")
            .OrderByDescending(kind => kind.Count()).ThenBy(kind => kind.Key, StringComparer.Ordinal).ToArray();
        var counts = Counts(examples, kinds);
        return new HtmlView(Html(title, counts, kinds, perKind), Text(title, counts, kinds, perKind));
    }

    private static HtmlView Counts(IReadOnlyList<WrittenExample> examples, IGrouping<string, WrittenExample>[] kinds)
    {
        (string Name, WrittenExample[] Of)[] rows = [.. kinds.Select(kind => (kind.Key, kind.ToArray())), ("all", [.. examples])];
        return TableView.Of(
            [
                new TableColumn("kind", [.. rows.Select(row => row.Name)]),
                new TableColumn("examples", [.. rows.Select(row => Numbers.Count(row.Of.Length))], IsNumber: true),
                Has("with opener", example => example.Opener),
                Has("with closer", example => example.Closer),
                new TableColumn("mean words of an answer",
                    [.. rows.Select(row => Numbers.Fixed(row.Of.Average(example => WordCount.Of(example.Answer)), 1))], IsNumber: true),
            ]);

        TableColumn Has(string header, Func<WrittenExample, string> part) =>
            new(header, [.. rows.Select(row => Numbers.Count(row.Of.Count(example => part(example).Length > 0)))], IsNumber: true);
    }

    private static string Html(string? title, HtmlView counts, IGrouping<string, WrittenExample>[] kinds, int perKind)
    {
        var html = new StringBuilder("<div>").Append(AlignmentDataSheet.Style).Append("<div class=\"urial-written\">\n");
        if (title is not null)
            html.Append($"<p><b>{Markup.Html(title)}</b></p>\n");
        html.Append(counts.Html).Append('\n');
        if (perKind > 0)
        {
            html.Append($"<p class=\"n\">{string.Concat(AlignmentDataSheet.Parts.Select(part =>
                $"<span class=\"{part.Class}\"><b>{part.Word}</b></span> "))}</p>\n");
            foreach (var kind in kinds)
                html.Append($"<details><summary>{Markup.Html(Shown(kind, perKind))}</summary>\n")
                    .Append(string.Concat(kind.Take(perKind).Select(Html))).Append("</details>\n");
        }
        return html.Append("</div></div>").ToString();
    }

    private static string Html(WrittenExample example)
    {
        var html = new StringBuilder($"<p class=\"q\"><b>{Markup.Html(example.Id)}</b> {Markup.Html(example.Instruction)}</p>\n")
            .Append("<div class=\"t\">");
        foreach (var (segment, text) in example.Parts)
        {
            var (@class, word) = AlignmentDataSheet.Part(example, segment);
            html.Append($"<div class=\"{@class}\"><p><b>{word}</b></p><blockquote>{Css.Lines(text)}</blockquote></div>");
        }
        return html.Append("</div>\n").ToString();
    }

    private static string Text(string? title, HtmlView counts, IGrouping<string, WrittenExample>[] kinds, int perKind)
    {
        var text = new StringBuilder();
        if (title is not null)
            text.Append(title).Append('\n');
        text.Append(counts.Text).Append('\n');
        foreach (var kind in kinds.Where(_ => perKind > 0))
        {
            text.Append('\n').Append(Shown(kind, perKind)).Append('\n');
            foreach (var example in kind.Take(perKind))
            {
                Append(text, $"{example.Id}: {example.Instruction}", "  ");
                foreach (var (segment, part) in example.Parts)
                {
                    text.Append($"    {AlignmentDataSheet.Part(example, segment).Word}\n");
                    Append(text, part, "      ");
                }
            }
        }
        return text.ToString().TrimEnd('\n');
    }

    private static void Append(StringBuilder text, string part, string indent)
    {
        foreach (var line in Markup.Lines(part, TextWidth))
            text.Append($"{indent}{line}".TrimEnd()).Append('\n');
    }

    private static string Shown(IGrouping<string, WrittenExample> kind, int perKind) => kind.Count() <= perKind
        ? $"{kind.Key}, {Numbers.Count(kind.Count())}" : $"{kind.Key}, {Numbers.Count(perKind)} of {Numbers.Count(kind.Count())}";
}
