namespace Urial.Notebooks;

/// <summary>A part of the collection, with a few words about it.</summary>
/// <param name="First">The number of its first chapter: <c>01</c>.</param>
/// <param name="Last">The number of its last.</param>
/// <param name="Title">Its title.</param>
/// <param name="Words">What it is about.</param>
internal sealed record Part(string First, string Last, string Title, string Words)
{
    /// <summary>The parts of this repository's collection, in reading order.</summary>
    public static IReadOnlyList<Part> All { get; } = [.. Read(GalleryAssets.Text("parts.txt"))];

    /// <summary>Whether a chapter belongs to it.</summary>
    public bool Holds(string number) =>
        number.Length == First.Length && string.CompareOrdinal(number, First) >= 0 && string.CompareOrdinal(number, Last) <= 0;

    // A block each: "01-05 Title", then the words; an empty line between.
    private static IEnumerable<Part> Read(string text)
    {
        foreach (var block in text.ReplaceLineEndings("\n").Trim().Split("\n\n"))
        {
            var lines = block.Split('\n');
            var space = lines[0].IndexOf(' ', StringComparison.Ordinal);
            var numbers = lines[0][..space].Split('-');
            yield return new Part(numbers[0], numbers[^1], lines[0][(space + 1)..], string.Join(' ', lines[1..]));
        }
    }
}
