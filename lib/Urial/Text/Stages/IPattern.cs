namespace Urial;

/// <summary>Finds places in a text.</summary>
internal interface IPattern
{
    /// <summary>Where it matches, leftmost first, without overlaps.</summary>
    List<(int Start, int End)> Find(ReadOnlySpan<char> text);
}
