using Urial.Notebooks;

namespace Urial.Tests;

public sealed class FigurePicturesTests
{
    private const string Figure = "{\"data\":[{\"y\":[0.5,1]}],\"layout\":{}}";
    private const string Changed = "{\"data\":[{\"y\":[0.9,1]}],\"layout\":{}}";

    [Theory]
    [InlineData(Figure)]
    [InlineData("{\"layout\":{},\"data\":[{\"y\":[0.5,1]}]}")]
    [InlineData("{\"data\":[{\"y\":[0.5001,1]}],\"layout\":{}}")]
    public async Task The_committed_picture_stays_while_the_figure_is_the_same(string fresh)
    {
        var maker = new Maker();
        var (filled, missing, failure) =
            await new FigurePictures(maker).FillAsync(Of(Cells.Figure(fresh)), Of(Cells.Figure(Figure, "AAAA\n")));

        Assert.Equal(("AAAA", 0, 0), (Png(filled), missing, maker.Made));
        Assert.Null(failure);
    }

    [Fact]
    public async Task A_changed_or_new_figure_gets_a_new_picture()
    {
        var maker = new Maker();
        var (changed, _, _) = await new FigurePictures(maker).FillAsync(Of(Cells.Figure(Changed)), Of(Cells.Figure(Figure, "AAAA")));
        var (added, missing, _) = await new FigurePictures(maker).FillAsync(Of(Cells.Figure(Figure)), Of());

        Assert.Equal(("AQID", "AQID", 0, 2), (Png(changed), Png(added), missing, maker.Made));
    }

    [Fact]
    public async Task Without_a_browser_a_changed_figure_has_no_picture_rather_than_a_wrong_one()
    {
        var (filled, missing, _) = await new FigurePictures(new Maker { Obstacle = "no browser" })
            .FillAsync(Of(Cells.Figure(Changed), Cells.Figure(Figure)), Of(Cells.Figure(Figure, "AAAA")));

        Assert.Equal(1, missing);
        Assert.Equal([null, "AAAA"], filled.Cells[0].Outputs.Cast<DisplayOutput>().Select(d => d.Text(MimeTypes.Png)));
        Assert.Equal([MimeTypes.Plotly, MimeTypes.Text], ((DisplayOutput)filled.Cells[0].Outputs[0]).Data.Keys);
    }

    [Fact]
    public async Task A_figure_that_cannot_be_drawn_is_an_error_in_its_cell()
    {
        var (filled, _, failure) = await new FigurePictures(new Maker { Refuses = true }).FillAsync(Of(Cells.Figure(Figure)), Of());

        Assert.Equal((1, "FigureError", "bad trace"), (failure!.Cell, failure.Name, failure.Message));
        Assert.IsType<ErrorOutput>(filled.Cells[0].Outputs[1]);
    }

    [Fact]
    public async Task Hosts_are_told_how_wide_to_show_a_picture()
    {
        var figure = "{\"data\":[],\"layout\":{\"width\":640}}";
        var (filled, _, _) = await new FigurePictures(new Maker()).FillAsync(Of(Cells.Figure(figure), Cells.Figure(Figure)), Of());

        Assert.Equal(["""{"image/png":{"width":640}}""", "{}"],
            filled.Cells[0].Outputs.Cast<DisplayOutput>().Select(d => d.Metadata.ToJsonString()));
    }

    private static Notebook Of(params CellOutput[] outputs) => new(Cells.File, [Cells.Cell(CellKind.Code, "x", 1).WithResults(1, outputs)]);

    private static string? Png(Notebook notebook) => ((DisplayOutput)notebook.Cells[0].Outputs[0]).Text(MimeTypes.Png);

    private sealed class Maker : IPictureMaker
    {
        public string? Obstacle { get; init; }

        public bool Refuses { get; init; }

        public int Made { get; private set; }

        public Task<byte[]?> PngAsync(string plotlyJson, CancellationToken cancellation)
        {
            if (Refuses)
                throw new UrialException("bad trace");
            Made++;
            return Task.FromResult<byte[]?>(Obstacle is null ? [1, 2, 3] : null);
        }
    }
}
