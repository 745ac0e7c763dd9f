using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>
/// Foreign text that hides nothing: a character that a reader cannot see, or that reorders or steers what stands around it, is written by
/// its number, such as ⟨U+202E⟩. These are control characters (a terminal obeys them), format characters (bidirectional overrides and
/// isolates, byte-order marks, tags), fillers, separators of lines and paragraphs, and halves of surrogate pairs. Spaces, tabs and line
/// ends stay, and so do joiners and variation selectors where a script or an emoji needs them. Whatever shows text to a person passes
/// through here; data does not.
/// </summary>
public static class VisibleText
{
    private const int NonJoiner = 0x200C, Joiner = 0x200D, TextForm = 0xFE0E, EmojiForm = 0xFE0F;

    // Unicode's Default_Ignorable_Code_Point beyond the category Cf, and the blank of Braille: letters and marks that draw nothing.
    private static readonly (int First, int Last)[] Blank =
    [
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065), (0x2800, 0x2800), (0x3164, 0x3164),
        (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0xE0000, 0xE0FFF),
    ];

    // Scripts whose letters join or stack, and whose spelling uses joiners and non-joiners: Arabic to Mandaic, the Indic ones, Tibetan,
    // Myanmar, Khmer, Mongolian and their neighbours.
    private static readonly (int First, int Last)[] Joining =
    [
        (0x0600, 0x08FF), (0x0900, 0x0DFF), (0x0F00, 0x109F), (0x1780, 0x18AF), (0x1900, 0x1CFF), (0xA800, 0xA8FF), (0xA930, 0xA9FF),
        (0xAA00, 0xAAFF), (0xABC0, 0xABFF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE), (0x10A00, 0x10D3F), (0x11000, 0x11FFF), (0x1E900, 0x1E95F),
    ];

    /// <summary>The text with what cannot be seen by number; the text itself where all can be seen.</summary>
    public static string Of(string text)
    {
        StringBuilder? shown = null;
        var before = 0; // the character before, 0 at the start
        for (var at = 0; at < text.Length;)
        {
            var length = Rune.TryGetRuneAt(text, at, out var rune) ? rune.Utf16SequenceLength : 1;
            var value = length == 1 ? text[at] : rune.Value;
            var next = At(text, at + length);
            if (IsLayout(value, next) || !Hides(value, before, next))
                shown?.Append(text, at, length);
            else
                (shown ??= new StringBuilder(text, 0, at, text.Length + 16)).Append(Number(value));
            before = value;
            at += length;
        }
        return shown?.ToString() ?? text;
    }

    /// <summary>A character by its number: <c>⟨U+200B⟩</c>.</summary>
    internal static string Number(int value) => string.Create(CultureInfo.InvariantCulture, $"⟨U+{value:X4}⟩");

    /// <summary>Whether a character draws nothing where it stands, or acts on its surroundings.</summary>
    /// <param name="value">The character, or half of a surrogate pair.</param>
    /// <param name="before">The character before it; 0 where there is none.</param>
    /// <param name="next">The one behind it; 0 where there is none.</param>
    internal static bool Hides(int value, int before, int next) => value switch
    {
        < ' ' => true,
        < 0x7F => false,
        Joiner => !Joins(before) && !(IsPicture(before) && IsPicture(next)),
        NonJoiner => !Joins(before),
        // On an emoji, or on the digits and signs of keycaps.
        TextForm or EmojiForm => !IsPicture(before) && before is not ((>= '0' and <= '9') or '#' or '*' or '©' or '®'),
        _ when In(Blank, value) => true,
        _ => Category(value) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    // A carriage return belongs to a line end or sends a terminal back to overwrite its line.
    private static bool IsLayout(int value, int next) => value is '\n' or '\t' || value == '\r' && next == '\n';

    private static bool Joins(int value) => In(Joining, value) && Category(value) is UnicodeCategory.OtherLetter
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ModifierLetter;

    // Symbols, with their variation selector and their skin tones.
    private static bool IsPicture(int value) => value == EmojiForm
        || value > 0xFF && Category(value) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.MathSymbol;

    private static int At(string text, int at) => at >= text.Length ? 0 : Rune.TryGetRuneAt(text, at, out var rune) ? rune.Value : text[at];

    private static UnicodeCategory Category(int value) =>
        value is >= 0xD800 and <= 0xDFFF ? UnicodeCategory.Surrogate : CharUnicodeInfo.GetUnicodeCategory(value);

    private static bool In((int First, int Last)[] ranges, int value)
    {
        foreach (var (first, last) in ranges)
            if (value >= first && value <= last)
                return true;
        return false;
    }
}
