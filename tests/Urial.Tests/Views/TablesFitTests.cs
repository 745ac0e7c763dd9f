using Microsoft.Playwright;
using Urial.Notebooks;
using Xunit.Abstractions;

namespace Urial.Tests;

public sealed class TablesFitTests(ITestOutputHelper output)
{
    private const int Notebook = 830; // pixels: what VS Code and GitHub leave an output
    private const int MostColumns = 120;

    [Fact]
    public async Task No_column_of_a_committed_table_is_cut()
    {
        if (TestChromium.IsMissing(output))
            return;
        var views = Directory.GetFiles(Repository.Path("notebooks"), "*.ipynb").Order(StringComparer.Ordinal).SelectMany(file =>
            Urial.Notebooks.Notebook.Load(file).CodeCells.SelectMany(cell => cell.Outputs.OfType<DisplayOutput>()
                .Select(view => (From: $"{Path.GetFileName(file)}, {cell.Id}", Html: view.Text(MimeTypes.Html)))))
            .Where(view => view.Html?.Contains("urial-table", StringComparison.Ordinal) == true).ToArray();
        Assert.NotEmpty(views);

        Assert.Empty((await CutAsync(views.Select(view => view.Html!))).Select(place => views[place].From));
    }

    [Fact]
    public async Task A_table_of_many_wide_columns_fits_and_one_that_cannot_is_noticed()
    {
        if (!ChartPictures.Available(out _))
            return;
        var wide = Wide(6).Html;

        var cut = await CutAsync([wide, wide.Replace("white-space:normal", "white-space:pre", StringComparison.Ordinal), wide]);

        Assert.Equal(1, Assert.Single(cut));
    }

    [Fact]
    public void Intervals_stand_below_where_they_do_not_fit_beside()
    {
        Assert.Contains("0.50 <span class=\"i\">[0.25, 0.75]</span>", Wide(2).Html);
        Assert.Contains("0.50<br><span class=\"i\">[0.25, 0.75]</span>", Wide(7).Html);
        Assert.Contains("0.50 [0.25, 0.75]", Wide(3).Text);
        Assert.DoesNotContain("0.50 [0.25, 0.75]", Wide(7).Text);
        Assert.Contains("[0.25, 0.75]", Wide(7).Text);
    }

    [Fact]
    public void The_plain_form_is_no_wider_than_a_terminal_and_keeps_all()
    {
        var text = Wide(7).Text;

        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, MostColumns));
        Assert.All(Enumerable.Range(0, 7), column => Assert.Contains($"number{column}", text));
        Assert.Equal(28, Stripped.Words(text).Count(word => word is "0.50" or "[0.25,"));
    }

    [Fact]
    public void A_source_is_said_where_it_differs_and_not_in_every_row()
    {
        var view = Tables.Shares(SampleCharts.Rows);

        Assert.DoesNotContain("measured here<", view.Html);
        Assert.Contains("without one, measured here", view.Html);
        Assert.Contains("Llama-2-7b → Llama-2-7b-chat<br><span class=\"i\">paper Fig.3</span>", view.Html);
        Assert.DoesNotContain("source", Tables.Shares([SampleCharts.Rows[0]]).Html);
    }

    private static HtmlView Wide(int columns) => Tables.Of(
        [("a name of some words, that may wrap", 1), ("another one, longer, of which a reader wants every word", 2)],
        [.. Enumerable.Range(0, columns).Select(column => ($"a heading of number{column}, ended only",
            (Func<(string, int), object?>)(row => new Estimate(0.5, new Interval(0.25, 0.75, 0.95), row.Item2))))], "Wide");

    /// <summary>Which of some views hold a table that is wider than the page.</summary>
    private static async Task<int[]> CutAsync(IEnumerable<string> views)
    {
        await using var chromium = await TestChromium.StartAsync();
        var page = await chromium.Browser.NewPageAsync();
        List<int> cut = [];
        foreach (var (place, view) in views.Index())
        {
            // One at a time: views bring their style sheets, and those of a page are everybody's.
            await page.SetContentAsync($"<!doctype html><meta charset=\"utf-8\"><body style=\"width:{Notebook}px;margin:0\">{view}",
                new() { Timeout = 180_000 });
            if (await page.EvaluateAsync<bool>("""
                () => {
                  document.querySelectorAll("details").forEach(fold => fold.open = true);
                  return [...document.querySelectorAll(".urial-table")].some(table => table.scrollWidth > table.clientWidth + 1);
                }
                """))
                cut.Add(place);
        }
        return [.. cut];
    }
}
