namespace Urial.Notebooks;

/// <summary>Makes pictures of Plotly figures.</summary>
internal interface IPictureMaker
{
    /// <summary>Why this machine cannot make pictures, in a sentence; null while nothing speaks against it.</summary>
    string? Obstacle { get; }

    /// <summary>A PNG of a figure, or null where this machine cannot make one, and then <see cref="Obstacle"/> says why.</summary>
    /// <param name="plotlyJson">data, layout and config.</param>
    /// <param name="cancellation">Ends the work.</param>
    Task<byte[]?> PngAsync(string plotlyJson, CancellationToken cancellation);
}
