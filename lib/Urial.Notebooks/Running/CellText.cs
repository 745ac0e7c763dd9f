using System.Text;

namespace Urial.Notebooks;

/// <summary>Text on its way from a cell into a notebook.</summary>
internal static class CellText
{
    /// <summary>
    /// The text with LF as its only line end, and with U+FFFD for each half of a surrogate pair that lacks the other half: text that is
    /// cut in the middle of an emoji is what work on tokens prints, and no file, page or JSON reader takes half a character.
    /// </summary>
    public static string Of(string text)
    {
        if (text.Contains('\r', StringComparison.Ordinal))
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }
}
