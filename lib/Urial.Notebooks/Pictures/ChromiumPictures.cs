namespace Urial.Notebooks;

/// <summary>Makes pictures with the reader's Chromium, which is started when the first picture is needed.</summary>
internal sealed class ChromiumPictures : IPictureMaker, IAsyncDisposable
{
    private ChartPictures? _browser;

    /// <inheritdoc/>
    public string? Obstacle { get; private set; }

    /// <inheritdoc/>
    public async Task<byte[]?> PngAsync(string plotlyJson, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_browser is null && Obstacle is null)
        {
            try
            {
                _browser = await ChartPictures.OpenAsync();
            }
            catch (UrialException e)
            {
                Obstacle = e.Message;
            }
        }
        return _browser is null ? null : await _browser.RenderAsync(plotlyJson);
    }

    /// <summary>Closes the browser, where one was started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
    }
}
