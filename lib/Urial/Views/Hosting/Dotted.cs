using System.Text;

namespace Urial;

/// <summary>Notes of several parts with dots between them.</summary>
internal static class Dotted
{
    private const string Dot = " · ";

    /// <summary>The parts in one line.</summary>
    public static string Of(IEnumerable<string> parts) => string.Join(Dot, parts);

    /// <summary>The parts in lines of about <paramref name="width"/> characters, broken between parts.</summary>
    public static string Wrapped(string note, int width)
    {
        var lines = new List<StringBuilder> { new() };
        foreach (var part in note.Split(Dot))
            if (lines[^1].Length == 0)
                lines[^1].Append(part);
            else if (lines[^1].Length + Dot.Length + part.Length <= width)
                lines[^1].Append(Dot).Append(part);
            else
                lines.Add(new StringBuilder(part));
        return string.Join('\n', lines);
    }
}
