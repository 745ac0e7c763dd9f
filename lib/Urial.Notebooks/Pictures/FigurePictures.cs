using System.Text.Json.Nodes;

namespace Urial.Notebooks;

/// <summary>
/// Gives every saved figure its picture: the committed one while the figure is the same (within the tolerance of
/// <see cref="NotebookComparison"/>), a new one otherwise. A figure that has changed never keeps its old picture,
/// which would show something else than the numbers beside it.
/// </summary>
internal sealed class FigurePictures
{
    private readonly IPictureMaker _maker;

    /// <summary>Pictures made by <paramref name="maker"/> where they have to be.</summary>
    public FigurePictures(IPictureMaker maker) => _maker = maker;

    /// <summary>
    /// The executed notebook with pictures, how many figures had to stay without one, and the first figure that plotly.js
    /// refused, whose cell then ends in an error.
    /// </summary>
    /// <param name="executed">The notebook after its run.</param>
    /// <param name="committed">The notebook before it, whose pictures are kept.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<(Notebook Notebook, int Missing, CellFailure? Failure)> FillAsync(Notebook executed, Notebook committed,
        CancellationToken cancellation = default)
    {
        var pictures = Figures(committed).Where(f => f.Png is not null).ToList();
        var missing = 0;
        CellFailure? failure = null;
        var cells = new List<NotebookCell>();
        foreach (var cell in executed.Cells)
        {
            var outputs = new List<CellOutput>();
            foreach (var output in cell.Outputs)
            {
                if (output is not DisplayOutput display || !display.Data.TryGetValue(MimeTypes.Plotly, out var figure))
                {
                    outputs.Add(output);
                    continue;
                }
                try
                {
                    var png = Committed(figure, cell.Id, pictures) ?? await MakeAsync(figure, cancellation);
                    missing += png is null ? 1 : 0;
                    outputs.Add(png is null ? display : WithPicture(display, figure, png));
                }
                catch (UrialException refused)
                {
                    failure ??= new CellFailure(executed.Name, cell.ExecutionCount ?? 0, null, "FigureError", refused.Message);
                    outputs.AddRange([display, new ErrorOutput("FigureError", refused.Message, [refused.Message])]);
                }
            }
            cells.Add(cell.WithResults(cell.ExecutionCount, outputs));
        }
        return (new Notebook(executed.Name, cells, executed.Metadata), missing, failure);
    }

    // Pictures have more pixels than the figure, for sharp screens: hosts are told the width to show them in.
    private static DisplayOutput WithPicture(DisplayOutput display, JsonNode figure, string png)
    {
        var shown = display.With(MimeTypes.Png, JsonValue.Create(png));
        if (figure["layout"]?["width"]?.DeepClone() is { } width)
            shown.Metadata[MimeTypes.Png] = new JsonObject { ["width"] = width };
        return shown;
    }

    private static string? Committed(JsonNode figure, string cell, List<(string Cell, JsonNode Figure, string? Png)> pictures)
    {
        var exact = NotebookJson.WriteCompact(figure);
        foreach (var known in pictures)
            if (NotebookJson.WriteCompact(known.Figure) == exact)
                return known.Png;
        return pictures.FirstOrDefault(known => known.Cell == cell && JsonComparison.Same(known.Figure, figure)).Png;
    }

    private async Task<string?> MakeAsync(JsonNode figure, CancellationToken cancellation) =>
        await _maker.PngAsync(NotebookJson.WriteCompact(figure), cancellation) is { } png ? Convert.ToBase64String(png) : null;

    private static IEnumerable<(string Cell, JsonNode Figure, string? Png)> Figures(Notebook notebook) =>
        from cell in notebook.CodeCells
        from display in cell.Outputs.OfType<DisplayOutput>()
        where display.Data.ContainsKey(MimeTypes.Plotly)
        select (cell.Id, display.Data[MimeTypes.Plotly], display.Text(MimeTypes.Png)?.Trim());
}
