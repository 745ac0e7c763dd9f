using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Urial.Notebooks;

namespace Urial.Tests;

public sealed class GalleryTests : IDisposable
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private readonly string _folder = Directory.CreateTempSubdirectory("urial-gallery-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_index_lists_chapters_with_title_first_sentence_and_status()
    {
        Write(
            Chapter("01-one", Markdown("# 1 · One *answer*, two models\n\n*Part I, of three.*\n\n> A claim.\n\nIt has `code`. And more."),
                Code("1")),
            Chapter("02-two", failure: new CellFailure("02-two.ipynb", 1, 2, "Exception", "x"),
                cells: [Markdown("# 02 · Two"), Code("2")]));

        var index = Page("index.html");
        Assert.Contains("<strong>One answer, two models</strong><span>It has code.</span><small>All 1 cells ran</small>", index);
        Assert.Contains("<strong>Two</strong>", index);
        Assert.Contains("Stopped at 02-two.ipynb, cell [1], line 2: Exception", index);
        Assert.Contains("href=\"02-two.html\"", Page("01-one.html"));
        Assert.Contains("href=\"01-one.html\"", Page("02-two.html"));
        Assert.True(File.Exists(Path.Combine(_folder, "01-one.ipynb")));
    }

    [Fact]
    public void The_index_says_what_a_chapter_asks_where_it_begins_with_its_question()
    {
        Write(Chapter("01-one", Markdown("# 1 · One\n\n*Part I.*\n\n- **The question:** how `far`? Really?\n"
            + "- **What you will see:** it.\n\nWords."), Code("1")));

        Assert.Contains("<strong>One</strong><span>How far? Really?</span>", Page("index.html"));
    }

    [Fact]
    public void Everything_that_is_text_is_escaped()
    {
        const string Evil = "<script>x</script>&\"'";
        Write(Chapter("01-<b>", Markdown($"# {Evil}\n\nText.\n\n{Evil}\n\n<iframe src=\"x\"></iframe>"), Code(
            $"var a = \"{Evil.Replace("\"", "", StringComparison.Ordinal)}\"; // {Evil}",
            new StreamOutput("stdout", Evil),
            new ErrorOutput(Evil, Evil, [Evil]),
            new DisplayOutput([new(MimeTypes.Text, JsonValue.Create(Evil))]),
            new DisplayOutput([new(MimeTypes.Html, JsonValue.Create(Evil)), new(MimeTypes.Text, JsonValue.Create(Evil))]),
            new DisplayOutput([new(MimeTypes.Png, JsonValue.Create(Png)), new(MimeTypes.Text, JsonValue.Create(Evil))]),
            Cells.Figure("{\"data\":[{\"name\":\"<script>x</script>\"}]}", Png, Evil))));

        foreach (var page in new[] { Page("index.html"), Page("01-<b>.html") })
        {
            Assert.DoesNotContain("<script>x", page);
            Assert.DoesNotContain("<iframe", page);
            Assert.DoesNotContain("<b>", page);
            Assert.DoesNotMatch("alt=\"[^\"]*\"\\s*'", page);
        }
    }

    [Fact]
    public void Pages_fetch_nothing_and_link_to_what_is_there()
    {
        Write(Chapter("01-one", Markdown("# One\n\nSee [two](02-two.ipynb#part), [the list](../lib/Urial/Urial.csproj), "
            + "[paper](https://arxiv.org/abs/2312.01552), ![logo](https://example.org/x.png)."),
                Code("x", Cells.Figure("{\"data\":[]}", Png))),
            Chapter("02-two", Markdown("# Two"), Code("y")));

        var page = Page("01-one.html");
        Assert.Contains("href=\"02-two.html#part\"", page);
        Assert.Contains("href=\"https://arxiv.org/abs/2312.01552\"", page);
        Assert.DoesNotMatch("(src|<link[^>]*href)=\"(https?:)?//", page);
        foreach (Match link in Regex.Matches(page, "(?:src|href)=\"(?!https:|#|data:)([^\"#]*)"))
            Assert.True(Path.Exists(Path.Combine(_folder, link.Groups[1].Value)), link.Groups[1].Value);
    }

    [Fact]
    public void A_figure_is_a_picture_with_words_that_script_may_replace()
    {
        Write(Chapter("01-one", Markdown("# One"),
            Code("x", Cells.Figure("{\"data\":[{\"y\":[1]}]}", Png, "Two bars\nOne is 1, one is 2."))));

        var page = Page("01-one.html");
        Assert.Contains("<img src=\"pictures/01-one-1-1.png\" alt=\"Two bars\"", page);
        Assert.Contains("<script type=\"application/json\">{\"data\":[{\"y\":[1]}]}</script>", page);
        Assert.Contains("One is 1, one is 2.", page);
        Assert.Contains("plotly.min.js", page);
        Assert.True(new FileInfo(Path.Combine(_folder, "plotly.min.js")).Length > 1_000_000);
        Assert.Contains("src=\"pictures/01-one-1-1.png\"", Page("index.html"));
    }

    [Fact]
    public void A_gallery_without_figures_carries_no_chart_library_and_never_script_in_the_page()
    {
        Write(Chapter("01-one", Markdown("# One"), Code("x", new StreamOutput("stdout", "y"))));

        Assert.Equal(["<script src=\"gallery.js\">", "<script defer src=\"slides.js\">"],
            Regex.Matches(Page("01-one.html"), "<script[^>]*>").Select(match => match.Value));
        Assert.False(File.Exists(Path.Combine(_folder, "plotly.min.js")));
    }

    [Fact]
    public void A_failed_chapter_shows_its_error_and_links_to_the_cell()
    {
        Write(Chapter("01-one", failure: new CellFailure("01-one.ipynb", 2, 3, "UrialException", "no <file>"),
            cells: [Markdown("# One"), Code("a"),
                Code("b", new ErrorOutput("UrialException", "no <file>", ["at 01-one.ipynb, cell [2], line 3"]))]));

        var page = Page("01-one.html");
        Assert.Contains("<a href=\"#cell-2\">01-one.ipynb, cell [2], line 3</a>", page);
        Assert.Contains("id=\"cell-2\"", page);
        Assert.Contains("no &lt;file&gt;", page);
    }

    [Theory]
    [InlineData("\\eta = 1", "<mi>η</mi><mo>=</mo><mn>1</mn>")]
    [InlineData("\\frac{a}{b^2}", "<mfrac><mrow><mi>a</mi></mrow><mrow><msup><mi>b</mi><mn>2</mn></msup></mrow></mfrac>")]
    [InlineData("P_{\\text{base}}(o_t)",
        "<msub><mi>P</mi><mrow><mtext>base</mtext></mrow></msub><mo stretchy=\"false\">(</mo><msub><mi>o</mi><mi>t</mi></msub>")]
    [InlineData("p \\| q", "<mi>p</mi><mo stretchy=\"false\">‖</mo><mi>q</mi>")]
    [InlineData("\\unknown x", "<mtext>\\unknown</mtext><mi>x</mi>")]
    [InlineData("a < b & c", "<mo>&lt;</mo>")]
    public void Formulas_become_MathML(string tex, string expected)
    {
        Write(Chapter("01-one", Markdown($"# One\n\n${tex}$"), Code("x")));

        Assert.Contains(expected, Page("01-one.html"));
    }

    [Theory]
    [InlineData("x_")]
    [InlineData("\\frac{a}")]
    [InlineData("\\left(")]
    [InlineData("{{{")]
    [InlineData("}}")]
    [InlineData("\\")]
    [InlineData("\\begin{aligned} a &= b \\\\ c")]
    public void Formulas_that_end_too_early_still_have_a_page(string tex)
    {
        Write(Chapter("01-one", Markdown($"# One\n\n$$\n{tex}\n$$\n\nafter"), Code("x")));

        Assert.Contains("after", Page("01-one.html"));
    }

    private void Write(params Chapter[] chapters) => Assert.Equal(Path.Combine(_folder, "index.html"), Gallery.Write(_folder, chapters));

    private string Page(string name) => File.ReadAllText(Path.Combine(_folder, name));

    private static Chapter Chapter(string name, params NotebookCell[] cells) => Chapter(name, null, cells);

    private static Chapter Chapter(string name, CellFailure? failure, NotebookCell[] cells)
    {
        var notebook = new Notebook(name + ".ipynb",
            [.. cells.Select((c, i) => Cells.Cell(c.Kind, c.Source, i).WithResults(c.ExecutionCount, c.Outputs))]);
        return new Chapter(Repository.Path("notebooks", name + ".ipynb"), notebook, notebook, failure, TimeSpan.FromSeconds(1), 1);
    }

    private static NotebookCell Markdown(string source) => Cells.Cell(CellKind.Markdown, source, 0);

    private static NotebookCell Code(string source, params CellOutput[] outputs) =>
        Cells.Cell(CellKind.Code, source, 0).WithResults(1, outputs);
}
