using System.Text.RegularExpressions;
using Microsoft.Data.Analysis;
using Urial.MicroWorld;

namespace Urial.Tests;

public sealed class TablesTests
{
    [Fact]
    public void Texts_are_stable() => Snapshot.Matches("tables.txt", Texts(
        Tables.Shares(SampleCharts.Rows, "Shares"),
        Tables.MostShifted(ShiftedToken.Of(SampleCharts.Answers), 8),
        Tables.Positions(MadeUp.Long, 70, 6),
        Tables.KlTerms(KlTerm.At(MadeUp.France, 0)),
        Tables.Of(Frame(), 3, "A frame")));

    [Fact]
    public void Statistics_read_well_as_text() => Snapshot.Matches("statistics.txt", Texts(
        Tables.Shares([.. ShareRow.WithControl("pair", SampleCharts.Answers, [.. SampleCharts.Answers.Select(Unshifted)]),
            SampleCharts.Rows[1]], "With control"),
        Tables.Means(ShiftGroups.Mean(SampleCharts.Answers, ShiftGroups.Label, p => p.KlAlignedBase), "KL(aligned‖base), nats"),
        Tables.Thresholds(ShiftDetection.Of(SampleCharts.Answers, (answer, i) => answer.Labels![i] == "style", [0, 3, 100])),
        Tables.Substitutions(Substitution.Of(SampleCharts.Answers, ShiftClass.Shifted), 4),
        Tables.MostShifted(ShiftedToken.Of(SampleCharts.Answers, shift: ShiftClass.Marginal), 3, shift: ShiftClass.Marginal)));

    [Fact]
    public void A_column_without_a_heading_has_no_empty_heading_cell()
    {
        var html = Tables.Of([("first", 1)], [("n", row => row.Item2)]).Html;

        Assert.Contains("<tr><td></td><th class=\"r\" align=\"right\">n</th></tr>", html);
        Assert.DoesNotContain("<th></th>", html);
    }

    [Fact]
    public void Every_view_is_dark_where_the_notebook_says_that_it_is()
    {
        string[] views = [Tables.Of(Frame(), 3).Html, TokenHeatmap.Of(SampleCharts.Answers[0]).Html,
            PromptView.Of(new ZeroShotStyle().Prompt("q")).Html];

        Assert.All(views, html => Assert.Contains("[data-jp-theme-light=false]{--urial-paper:#1b1e22", html));
    }

    [Fact]
    public void A_table_says_what_its_rows_are_and_has_no_column_that_nothing_stands_in()
    {
        Assert.Contains("<th>prompt</th>", Tables.Shares(SampleCharts.Rows, corner: "prompt").Html);
        ShiftedAnswer[] unlabelled = [.. SampleCharts.Answers.Select(answer => answer with { Labels = null })];

        Assert.Contains("<th>label</th>", Tables.Substitutions(Substitution.Of(SampleCharts.Answers)).Html);
        Assert.DoesNotContain("label", Tables.Substitutions(Substitution.Of(unlabelled)).Html);
        Assert.DoesNotContain("label", Tables.MostShifted(ShiftedToken.Of(unlabelled)).Html);
    }

    [Fact]
    public void Items_are_rows_and_selectors_are_columns()
    {
        (string Name, int N, double? Mean)[] items = [("first", 4, 1.5), ("second", 1234, null)];

        var text = Tables.Of(items,
            [("share", item => One(item.N)), ("cut", item => item.N), ("mean", item => item.Mean), ("note", item => item.Name + "!")],
            "Items", "way").Text;

        Assert.StartsWith("Items\nway", text);
        Assert.Contains("0.50 [0.25, 0.75]", text);
        Assert.Contains("1,234", text);
        Assert.Contains("1.50", text);
        Assert.Contains("—", text);
        Assert.Contains("second!", text);
        Assert.DoesNotContain("intervals", Tables.Of(items, [("cut", item => item.N)]).Text);
    }

    [Fact]
    public void A_kind_is_called_by_words_and_not_by_its_member()
    {
        var kinds = Enum.GetValues<QueryKind>();
        var text = Tables.Grid(kinds, ["a"], (_, _) => 1).Text;

        Assert.Contains("two-hop", text);
        Assert.DoesNotContain("TwoHop", text);
        Assert.All(kinds, kind => Assert.Equal(Urial.Names.Of(kind), kind.Name()));
    }

    [Theory]
    [InlineData(4, 4, 4, 4, "intervals over queries, n = 4.")]
    [InlineData(4, 5, 4, 5, "a, n = 4")]
    [InlineData(4, 4, 5, 5, "  n\n")]
    [InlineData(4, 4, 4, 5, "[0.25, 0.75] n=5")]
    public void N_stands_where_it_is_said_shortest(int first, int second, int third, int fourth, string place) // by row
    {
        int[,] n = { { first, second }, { third, fourth } };

        Assert.Contains(place, Tables.Grid([0, 1], ["a", "b"], (row, column) => One(n[row, column == "a" ? 0 : 1])).Text);
    }

    [Fact]
    public void A_number_with_and_without_what_did_not_end_takes_two_columns()
    {
        BothWays same = One(4), apart = BothWays.Of(One(4), One(3) with { Value = 0.4 });

        var text = Tables.Of([("same", same), ("apart", apart)], [("share", row => row.Item2)]).Text;

        Assert.Contains("share, n = 4", Tables.Of([("apart", apart)], [("share", row => row.Item2)]).Text);
        Assert.Contains("share, ended only", text);
        Assert.Contains("0.40 [0.25, 0.75] n=3", text);
        Assert.DoesNotContain("ended only", Tables.Of([("same", same)], [("share", row => row.Item2)]).Text);
    }

    [Fact]
    public void Charts_of_items_draw_an_estimate_for_each_item_under_each_condition()
    {
        (string Name, int N)[] items = [("first", 4), ("second", 5)];

        Assert.Equal("first: 0.500 [0.250, 0.750], n = 4.\nsecond: 0.500 [0.250, 0.750], n = 5.",
            Charts.Estimates(items, item => One(item.N), "share", "Items").Description);
        Assert.StartsWith("first, before: 0.500 [0.250, 0.750], n = 5.\nfirst, after:",
            Charts.Grid(items, ["before", "after"], (item, when) => One(item.N + when.Length - 5), "share", "Items").Description);
        Assert.Contains("second", ScoreCharts.Bars(items, ["a", "b"], (item, _) => One(item.N), "share", "Items", 0, 1).Description);
        Assert.Throws<ArgumentException>(() => Charts.Estimates(Array.Empty<string>(), _ => One(1), "share", "None"));
    }

    private static Estimate One(int n) => new(0.5, new Interval(0.25, 0.75, 0.95), n);

    private static string Texts(params HtmlView[] views) => string.Join("\n\n", views.Select(view => view.Text));

    private static ShiftedAnswer Unshifted(ShiftedAnswer answer) =>
        answer with { Positions = [.. answer.Positions.Select(p => p with { BaseRank = 1 })] };

    [Fact]
    public void Groups_have_three_rows_each()
    {
        ShiftedAnswer[] control = [.. SampleCharts.Answers.Select(Unshifted)];

        var rows = ShareRow.ByGroup(SampleCharts.Answers, control, ShiftGroups.Label);

        var groups = ShiftGroups.Shares(SampleCharts.Answers, ShiftGroups.Label);
        Assert.Equal(groups.SelectMany(g => new[] { g.Group, $"{g.Group}: prompt alone", $"{g.Group}: difference" }),
            rows.Select(row => row.Name));
        Assert.Equal(groups[0].Shares.Shifted.Value, rows[0].Share(ShiftClass.Shifted), 12);
        Assert.Equal(1, rows[1].Share(ShiftClass.Unshifted));
        Assert.Equal((groups[0].Positions, groups[0].Answers), (rows[0].Positions, rows[0].Answers));
    }

    [Fact]
    public void A_difference_stands_in_tables_and_not_in_charts()
    {
        var rows = ShareRow.WithControl("pair", SampleCharts.Answers, [.. SampleCharts.Answers.Select(Unshifted)]);

        Assert.Equal([false, false, true], rows.Select(row => row.IsDifference));
        Assert.Equal(0, rows[2].Share(ShiftClass.Unshifted) + rows[2].Share(ShiftClass.Marginal) + rows[2].Share(ShiftClass.Shifted), 12);
        Assert.Equal(rows[0].Share(ShiftClass.Shifted) - rows[1].Share(ShiftClass.Shifted), rows[2].Share(ShiftClass.Shifted), 12);
        Assert.Contains("pair: difference", Tables.Shares(rows).Text);
        Assert.DoesNotContain("difference", ShiftCharts.Shares(rows).Description);
        Assert.Equal(["+1.2", "−0.3", "0.0", "0.0"], new[] { 1.21, -0.3, 0.0, -0.01 }.Select(value => Numbers.Signed(value, 1)));
    }

    [Fact]
    public void Html_of_a_frame_is_stable() => Snapshot.Matches("table.html", Tables.Of(Frame(), 3, "A <frame>").Html);

    [Fact]
    public void Cells_and_headers_are_escaped()
    {
        var html = Tables.Of(Frame()).Html;
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html);
        Assert.Contains("a &amp; b", html);
    }

    [Fact]
    public void Numbers_stand_flush_right_even_without_styles()
    {
        var row = Regex.Match(Tables.Of(Frame()).Html, "<tr><td.*?</tr>").Value;
        Assert.Equal(["", " class=\"r\" align=\"right\"", " class=\"r\" align=\"right\"", ""],
            Regex.Matches(row, "<td([^>]*)>").Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Long_tables_are_cut_and_say_so()
    {
        var frame = new DataFrame(new Int32DataFrameColumn("i", Enumerable.Range(0, 1234)));
        Assert.Contains("… 1,214 more rows, 1,234 in all", Tables.Of(frame).Html);
        Assert.Equal(20, Regex.Matches(Tables.Of(frame).Html, "<tr><td").Count);
        Assert.DoesNotContain("more row", Tables.Of(frame, 1234).Text);
        Assert.EndsWith("… 1 more row, 1,234 in all", Tables.Of(frame, 1233).Text);
    }

    [Fact]
    public void A_frames_columns_can_be_chosen()
    {
        Assert.StartsWith("n  text", Tables.Of(Frame(), columns: ["n", "text"]).Text.TrimStart());
        var missing = Assert.Throws<ArgumentException>(() => Tables.Of(Frame(), columns: ["n", "m"]));
        Assert.Contains("no column 'm'; it has text, n, x, yes", missing.Message);
    }

    [Fact]
    public void An_empty_frame_is_a_table_without_rows()
    {
        Assert.Contains("<th>s</th>", Tables.Of(new DataFrame(new StringDataFrameColumn("s"))).Html);
        Assert.Contains("<table>", Tables.Of(new DataFrame()).Html);
    }

    private static DataFrame Frame() => new(
        new StringDataFrameColumn("text", ["<script>", "a & b", null, "last"]),
        new Int32DataFrameColumn("n", [1, 20, 300, 4]),
        new DoubleDataFrameColumn("x", [0.123456, 1e-9, null, 12.5]),
        new BooleanDataFrameColumn("yes", [true, false, null, true]));
}
