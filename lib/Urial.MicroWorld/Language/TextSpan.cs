namespace Urial.MicroWorld;

/// <summary>A stretch of a text, in characters: <see cref="Start"/> inclusive, <see cref="End"/> exclusive.</summary>
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>Number of characters.</summary>
    public int Length => End - Start;

    /// <summary>Whether the two share a character.</summary>
    public bool Overlaps(TextSpan other) => Start < other.End && other.Start < End;

    /// <summary>Whether <paramref name="other"/> lies inside.</summary>
    public bool Covers(TextSpan other) => Start <= other.Start && other.End <= End;

    /// <summary>Its characters.</summary>
    public string Of(string text) => text[Start..End];
}
