namespace Urial;

/// <summary>A mean over the examples of a tag.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Mean">The mean of their scores.</param>
public sealed record TagMean(string Tag, MeanScore Mean) : INamed
{
    string INamed.Name => Tag;
}
