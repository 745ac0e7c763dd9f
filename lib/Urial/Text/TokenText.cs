using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>A token as a reader sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Raw">Its spelling in the vocabulary: byte-level letters, or a special token's name.</param>
/// <param name="Text">What it decodes to alone; bytes that are no whole character become U+FFFD.</param>
/// <param name="Shown">How every view shows it: visible spaces (·), newlines (↵) and tabs (→), other invisible characters by number
/// (⟨U+200B⟩), bytes of a split character as ⟨E2⟩, special tokens by name. Not escaped for HTML.</param>
/// <param name="IsSpecial">Whether it is a special token.</param>
/// <param name="IsByteFragment">Whether it begins or ends inside a character.</param>
public sealed record TokenText(int Id, string Raw, string Text, string Shown, bool IsSpecial, bool IsByteFragment)
{
    /// <summary>The view of a token from the bytes that it stands for.</summary>
    internal static TokenText Of(int id, string raw, ReadOnlySpan<byte> bytes, bool isSpecial)
    {
        var shown = new StringBuilder();
        var fragment = false;
        for (var rest = bytes; rest.Length > 0;)
        {
            var whole = Rune.DecodeFromUtf8(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (whole)
                Append(shown, rune);
            else
                foreach (var value in rest[..length])
                    shown.Append(CultureInfo.InvariantCulture, $"⟨{value:X2}⟩");
            fragment |= !whole;
            rest = rest[length..];
        }
        return new TokenText(id, raw, Encoding.UTF8.GetString(bytes), isSpecial ? raw : shown.ToString(), isSpecial, fragment);
    }

    /// <summary>Any text as every view shows it: white space visible, other invisible characters by number.</summary>
    public static string Show(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Append(shown, rune);
        return shown.ToString();
    }

    private static void Append(StringBuilder shown, Rune rune)
    {
        switch (rune.Value)
        {
            case ' ': shown.Append('·'); return;
            case '\n': shown.Append('↵'); return;
            case '\t': shown.Append('→'); return;
        }
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                shown.Append(CultureInfo.InvariantCulture, $"⟨U+{rune.Value:X4}⟩");
                return;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
                when shown.Length == 0:
                // A mark needs something to sit on, which is not the neighbouring token.
                shown.Append('◌');
                break;
        }
        shown.Append(rune.ToString());
    }
}
