using System.Text;
using static System.Net.WebUtility;

namespace Urial.Notebooks;

/// <summary>One chapter as a page, and what the index says about it.</summary>
internal sealed record ChapterPage
{
    public ChapterPage(Chapter chapter, GalleryFiles files)
    {
        Chapter = chapter;
        var (title, sentence) = MarkdownHtml.Opening(chapter.Executed.Cells.Where(c => c.Kind == CellKind.Markdown).Select(c => c.Source));
        Title = title ?? chapter.Name;
        Sentence = sentence ?? "";
        var outputs = new OutputHtml(files, chapter);
        Body = Cells(chapter, files, outputs);
        Thumbnail = outputs.FirstPicture;
        HasFigures = outputs.HasFigures;
    }

    public Chapter Chapter { get; }

    public string Title { get; }

    /// <summary>The first sentence under the title.</summary>
    public string Sentence { get; }

    /// <summary>The link to the first picture, or null.</summary>
    public string? Thumbnail { get; }

    public string Body { get; }

    public bool HasFigures { get; }

    /// <summary>The page's file.</summary>
    public string File => Chapter.Name + ".html";

    /// <summary>The number readers know the chapter by: the part of its name before the first hyphen.</summary>
    public string Number => Chapter.Name.Split('-')[0];

    /// <summary>Whether all cells ran, in words.</summary>
    public string Status => Chapter.Failure is { } failure
        ? $"Stopped at {failure.Place}: {failure.Name}"
        : FormattableString.Invariant($"All {Chapter.Executed.CodeCells.Count()} cells ran");

    private static string Cells(Chapter chapter, GalleryFiles files, OutputHtml outputs)
    {
        var html = new StringBuilder();
        var number = 0;
        foreach (var cell in chapter.Executed.Cells)
        {
            switch (cell.Kind)
            {
                case CellKind.Markdown:
                    html.Append("<section class=\"prose\">\n")
                        .Append(MarkdownHtml.Of(cell.Source, (url, image) => files.Link(chapter, cell, url, image))).Append("</section>\n");
                    break;
                case CellKind.Raw:
                    html.Append($"<pre class=\"out\">{HtmlEncode(cell.Source)}</pre>\n");
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
