namespace Urial.Notebooks;

/// <summary>A picture of the gallery.</summary>
/// <param name="Link">Its file, relative to a page.</param>
/// <param name="Words">What it shows, in words.</param>
/// <param name="Width">How wide it is shown, in pixels; 0 where that is not known.</param>
/// <param name="Height">How high it is shown, in pixels; 0 where that is not known.</param>
internal sealed record PagePicture(string Link, string Words, int Width, int Height)
{
    /// <summary>The element, its size said so that pages do not jump while they load.</summary>
    public string Html => $"<img src=\"{Link}\" alt=\"{PageText.Html(Words)}\"{Size}>";

    /// <summary>Width and height as attributes.</summary>
    public string Size => Width == 0 ? "" : FormattableString.Invariant($" width=\"{Width}\" height=\"{Height}\"");
}
