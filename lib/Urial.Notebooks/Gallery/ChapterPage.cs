using System.Text;

namespace Urial.Notebooks;

/// <summary>One chapter as a page, and what other pages say about it.</summary>
internal sealed record ChapterPage
{
    private readonly Headings _headings = new();

    public ChapterPage(Chapter chapter, GalleryFiles files)
    {
        Chapter = chapter;
        var (title, sentence) = MarkdownHtml.Opening(chapter.Executed.Cells.Where(c => c.Kind == CellKind.Markdown).Select(c => c.Source));
        Title = title ?? chapter.Name;
        Sentence = sentence ?? "";
        var outputs = new OutputHtml(files, chapter);
        Body = Cells(chapter, files, outputs);
        Picture = outputs.FirstPicture;
        Tokens = outputs.FirstTokens;
        Found = outputs.Found;
        HasFigures = outputs.HasFigures;
    }

    public Chapter Chapter { get; }

    public string Title { get; }

    /// <summary>The first sentence under the title.</summary>
    public string Sentence { get; }

    /// <summary>The chapter's first picture, or null.</summary>
    public PagePicture? Picture { get; }

    /// <summary>The beginning of the chapter's first token view, or null.</summary>
    public OutputPart? Tokens { get; }

    /// <summary>The tables of claims in the boxes that say what the chapter found.</summary>
    public IReadOnlyList<OutputPart> Found { get; }

    /// <summary>The headings, the title among them.</summary>
    public IReadOnlyList<Heading> Headings => _headings.All;

    public string Body { get; }

    public bool HasFigures { get; }

    /// <summary>The page's file.</summary>
    public string File => Chapter.Name + ".html";

    /// <summary>The link to the page.</summary>
    public string Href => Uri.EscapeDataString(File);

    /// <summary>The number readers know the chapter by: the part of its name before the first hyphen.</summary>
    public string Number => Chapter.Name.Split('-')[0];

    /// <summary>The title without the number that may stand before it.</summary>
    public string Name
    {
        get
        {
            var number = Number.TrimStart('0');
            var title = Title.TrimStart('0');
            return title.StartsWith(number, StringComparison.OrdinalIgnoreCase) && title.Length > number.Length
                && !char.IsLetterOrDigit(title[number.Length])
                ? title[number.Length..].TrimStart(' ', '.', ':', '·', '–', '—')
                : Title;
        }
    }

    /// <summary>Whether all cells ran, in words.</summary>
    public string Status => Chapter.Failure is { } failure
        ? $"Stopped at {failure.Place}: {failure.Name}"
        : FormattableString.Invariant($"All {Chapter.Executed.CodeCells.Count()} cells ran");

    private string Cells(Chapter chapter, GalleryFiles files, OutputHtml outputs)
    {
        var html = new StringBuilder();
        var number = 0;
        foreach (var cell in chapter.Executed.Cells)
        {
            switch (cell.Kind)
            {
                case CellKind.Markdown:
                    html.Append("<section class=\"prose\">\n")
                        .Append(MarkdownHtml.Of(cell.Source, _headings, (url, image) => files.Link(chapter, cell, url, image)))
                        .Append("</section>\n");
                    break;
                case CellKind.Raw:
                    html.Append($"<pre class=\"out\">{PageText.Html(cell.Source)}</pre>\n");
                    break;
                default:
                    number++;
                    html.Append(FormattableString.Invariant($"<section class=\"cell\" id=\"cell-{number}\">\n"));
                    html.Append(FormattableString.Invariant(
                        $"<span class=\"number\">[{(cell.ExecutionCount is { } n ? n : " ")}]</span><pre class=\"code\"><code>"));
                    html.Append(CodeHtml.Of(cell.Source)).Append("</code></pre>\n");
                    for (var i = 0; i < cell.Outputs.Count; i++)
                        html.Append(outputs.Of(cell.Outputs[i], number, i + 1));
                    html.Append("</section>\n");
                    break;
            }
        }
        return html.ToString();
    }
}
