using System.Text.Json.Nodes;
using Urial.Notebooks;

namespace Urial.Tests;

public sealed class NotebookComparisonTests
{
    [Theory]
    [InlineData("KL 3.21 nats", "KL 3.22 nats")] // one unit in the last digit
    [InlineData("1234.5", "1235.6")] // within a thousandth
    [InlineData("87.3 %", "87.4 %")]
    [InlineData("83 %", "82 %")] // a percentage was rounded
    [InlineData("1.20e-5", "1.21e-5")]
    [InlineData("-0.001", "0.000")]
    [InlineData("[0.50, 0.61]", "[0.51, 0.60]")]
    [InlineData("10", "9.99")]
    public void Rounding_is_forgiven(string committed, string fresh)
    {
        Assert.Empty(Differences(committed, fresh));
        Assert.Empty(Differences(fresh, committed));
    }

    [Theory]
    [InlineData("KL 3.21 nats", "KL 3.25 nats")]
    [InlineData("KL 3.21 nats", "KL 3.21 bits")]
    [InlineData("base rank 3", "base rank 4")] // a rank is not rounded
    [InlineData("in 1969", "in 1970")]
    [InlineData("12,345 tokens", "12,346 tokens")]
    [InlineData("0.5", "0.4567")]
    [InlineData("-0.5", "0.5")]
    [InlineData("80 %", "83 %")]
    [InlineData("#0072b2", "#0072b3")]
    [InlineData("x1.5", "x1.6")]
    [InlineData("a\nb", "a\nb\nc")]
    [InlineData("1 2", "1 2 3")]
    public void A_difference_is_found(string committed, string fresh)
    {
        Assert.Single(Differences(committed, fresh));
        Assert.Single(Differences(fresh, committed));
    }

    [Fact]
    public void A_difference_names_notebook_cell_output_and_line()
    {
        var difference = Assert.Single(Differences("shares\nunshifted 81.2 %", "shares\nunshifted 85.0 %"));

        Assert.Equal("99-tiny.ipynb, cell [1], output 1: stdout, line 2\n  - unshifted 81.2 %\n  + unshifted 85.0 %",
            difference.ToString());
    }

    [Fact]
    public void A_long_line_is_cut_to_where_it_differs()
    {
        var difference = Assert.Single(
            Differences(new string('x', 500) + "1.5" + new string('y', 500), new string('x', 500) + "2.5" + new string('y', 500)));

        Assert.InRange(difference.Committed.Length, 100, 170);
        Assert.Contains("x1.5y", difference.Committed);
        Assert.Contains("x2.5y", difference.Fresh);
    }

    [Fact]
    public void Figures_are_compared_by_their_numbers_and_pictures_by_being_there()
    {
        const string Figure = "{\"data\":[{\"x\":[1,2],\"y\":[0.123456,2.5]}]}";
        var committed = Cells.Figure(Figure, "AAAA");

        Assert.Empty(Differences(committed, Cells.Figure("{\"data\":[{\"x\":[1,2],\"y\":[0.123457,2.501]}]}", "BBBB")));
        var moved = Assert.Single(Differences(committed, Cells.Figure("{\"data\":[{\"x\":[1,2],\"y\":[0.2,2.5]}]}", "AAAA")));
        Assert.Equal(("application/vnd.plotly.v1+json, data[0].y[0]", "0.123456", "0.2"), (moved.What, moved.Committed, moved.Fresh));
        Assert.Equal("the form image/png", Assert.Single(Differences(committed, Cells.Figure(Figure))).What);
    }

    [Fact]
    public void Missing_outputs_other_kinds_and_cells_that_did_not_run_are_differences()
    {
        Assert.Equal("nothing", Assert.Single(Differences([new StreamOutput("stdout", "a")], [])).Fresh);
        Assert.Equal("stderr: a", Assert.Single(Differences([new StreamOutput("stdout", "a")], [new StreamOutput("stderr", "a")])).Fresh);
        Assert.Equal("not executed", Assert.Single(NotebookComparison.Compare(Of(1, []), Of(null, []))).Fresh);
        Assert.Equal("text/plain, line 1", Assert.Single(Differences(Value("1"), Value("2"))).What);
    }

    private static DisplayOutput Value(string text) => new([new(MimeTypes.Text, JsonValue.Create(text))], 1);

    private static IReadOnlyList<NotebookDifference> Differences(string committed, string fresh) =>
        Differences(new StreamOutput("stdout", committed), new StreamOutput("stdout", fresh));

    private static IReadOnlyList<NotebookDifference> Differences(CellOutput committed, CellOutput fresh) =>
        Differences([committed], [fresh]);

    private static IReadOnlyList<NotebookDifference> Differences(CellOutput[] committed, CellOutput[] fresh) =>
        NotebookComparison.Compare(Of(1, committed), Of(1, fresh));

    private static Notebook Of(int? count, CellOutput[] outputs) =>
        new(Cells.File, [Cells.Cell(CellKind.Code, "x", 1).WithResults(count, outputs)]);
}
