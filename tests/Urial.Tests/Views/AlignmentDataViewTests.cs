namespace Urial.Tests;

public sealed class AlignmentDataViewTests
{
    private static readonly WrittenExample[] Examples =
    [
        WrittenExample.InParts("a", "Why <b>?", "Oh & so.", "- one\n- two", "Bye.") with { Kind = "list" },
        WrittenExample.InParts("b", "How?", "", "So.", "") with { Kind = "list" },
        WrittenExample.Whole("c", "Who?", "Nobody <script>alert(1)</script>") with { Kind = "<i>kind" },
    ];

    [Fact]
    public void The_text_says_counts_and_parts() => Assert.Equal(
        """
        Some
        kind     examples  with opener  with closer  mean words of an answer
        ───────  ────────  ───────────  ───────────  ───────────────────────
        list            2            1            1                      4.5
        <i>kind         1            0            0                      2.0
        all             3            1            1                      3.7

        list, 1 of 2
          a: Why <b>?
            opener
              Oh & so.
            body
              - one
              - two
            closer
              Bye.

        <i>kind, 1
          c: Who?
            answer
              Nobody <script>alert(1)</script>
        """, AlignmentDataView.Of(Examples, "Some").Text);

    [Fact]
    public void The_html_marks_parts_by_border_and_word_and_escapes_all()
    {
        var html = AlignmentDataView.Of(Examples, "A <title>", 2).Html;

        Assert.Contains("<div class=\"o\"><p><b>opener</b></p><blockquote>Oh &amp; so.</blockquote></div>", html);
        Assert.Contains("<div class=\"b\"><p><b>body</b></p><blockquote>- one<br>- two</blockquote></div>", html);
        Assert.Contains("<div class=\"c\"><p><b>closer</b></p><blockquote>Bye.</blockquote></div>", html);
        Assert.Contains("<div class=\"b\"><p><b>answer</b></p><blockquote>Nobody &lt;script&gt;", html);
        Assert.Contains("border-left:5px double", html);
        Assert.Contains("border-left:5px dashed", html);
        Assert.Contains("A &lt;title&gt;", html);
        Assert.Contains("&lt;i&gt;kind", html);
        Assert.Equal(2, html.Split("<details>").Length - 1);
        Assert.DoesNotContain("<i>kind", html);
        Assert.Equal(html, AlignmentDataView.Of(Examples, "A <title>", 2).Html);
    }

    [Fact]
    public void The_data_of_this_project_fit_a_page()
    {
        var view = AlignmentDataView.Of(WrittenExamples.ReadAll(WrittenExamples.TrainPath), "train", 2);

        Assert.Contains("refusal, 2 of 74", view.Text);
        Assert.InRange(view.Html.Length, 10_000, 60_000);
    }

    [Fact]
    public void What_cannot_be_shown_is_refused()
    {
        Assert.Throws<ArgumentException>(() => AlignmentDataView.Of([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => AlignmentDataView.Of(Examples, perKind: -1));
        Assert.DoesNotContain("<details>", AlignmentDataView.Of(Examples, perKind: 0).Html);
    }
}
