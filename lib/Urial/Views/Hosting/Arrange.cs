using System.Text;

namespace Urial;

/// <summary>Views beside each other, and views behind a fold.</summary>
public static class Arrange
{
    /// <summary>Views side by side, each under its heading; below each other where the page is narrow or strips styles.</summary>
    /// <param name="views">The headings and the views, left to right.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static HtmlView Beside(params IReadOnlyList<(string Heading, HtmlView View)> views)
    {
        if (views.Count == 0)
            throw new ArgumentException("There is nothing to set side by side.", nameof(views));
        var html = new StringBuilder(
            "<div style=\"display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:12px;max-width:1240px\">");
        foreach (var (heading, view) in views)
            html.Append($"<div style=\"min-width:0\"><p><b>{Markup.Html(heading)}</b></p>{view.Html}</div>\n");
        return new HtmlView(html.Append("</div>").ToString(),
            string.Join("\n\n", views.Select(one => $"{one.Heading}\n{one.View.Text}")));
    }

    /// <summary>A view that opens on a click; the plain form has everything.</summary>
    /// <param name="summary">What stands in its place until then: <c>All intervals</c>.</param>
    /// <param name="view">The view.</param>
    public static HtmlView Fold(string summary, HtmlView view) => new(
        $"<details><summary style=\"cursor:pointer;padding:4px 0\">{Markup.Html(summary)}</summary>{view.Html}</details>",
        $"{summary}\n{view.Text}");
}
