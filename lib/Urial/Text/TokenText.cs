using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>A token as a reader sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Raw">Its spelling in the vocabulary: byte-level letters, or a special token's name.</param>
/// <param name="Text">What it decodes to alone; bytes that are no whole character become U+FFFD.</param>
/// <param name="Shown">How every view shows it: visible spaces (·), newlines (↵) and tabs (→), other invisible characters by number
/// (⟨U+200B⟩, see <see cref="VisibleText"/>), bytes of a split character as ⟨E2⟩, special tokens by name. Not escaped for HTML.</param>
/// <param name="IsSpecial">Whether it is a special token.</param>
/// <param name="IsByteFragment">Whether it begins or ends inside a character.</param>
public sealed record TokenText(int Id, string Raw, string Text, string Shown, bool IsSpecial, bool IsByteFragment)
{
    /// <summary>The view of a token from the bytes that it stands for.</summary>
    internal static TokenText Of(int id, string raw, ReadOnlySpan<byte> bytes, bool isSpecial)
    {
        var shown = new StringBuilder();
        var (fragment, before) = (false, 0);
        for (var rest = bytes; rest.Length > 0;)
        {
            var whole = Rune.DecodeFromUtf8(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (whole)
                Append(shown, rune.Value, before,
                    Rune.DecodeFromUtf8(rest[length..], out var next, out _) == System.Buffers.OperationStatus.Done ? next.Value : 0);
            else
                foreach (var value in rest[..length])
                    shown.Append(CultureInfo.InvariantCulture, $"⟨{value:X2}⟩");
            before = whole ? rune.Value : 0;
            fragment |= !whole;
            rest = rest[length..];
        }
        return new TokenText(
            id, raw, Encoding.UTF8.GetString(bytes), isSpecial ? VisibleText.Of(raw) : shown.ToString(), isSpecial, fragment);
    }

    /// <summary>Any text as every view shows it: white space visible, other invisible characters by number.</summary>
    public static string Show(string text)
    {
        var shown = new StringBuilder(text.Length);
        var before = 0;
        for (var at = 0; at < text.Length;)
        {
            var value = At(text, at);
            var length = value > char.MaxValue ? 2 : 1;
            Append(shown, value, before, At(text, at + length));
            before = value;
            at += length;
        }
        return shown.ToString();
    }

    // 0 behind the end; half of a surrogate pair as it is.
    private static int At(string text, int at) => at >= text.Length ? 0 : Rune.TryGetRuneAt(text, at, out var rune) ? rune.Value : text[at];

    private static void Append(StringBuilder shown, int value, int before, int next)
    {
        switch (value)
        {
            case ' ': shown.Append('·'); return;
            case '\n': shown.Append('↵'); return;
            case '\t': shown.Append('→'); return;
        }
        if (VisibleText.Hides(value, before, next) || !Rune.TryCreate(value, out var rune))
        {
            shown.Append(VisibleText.Number(value));
            return;
        }
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator:
                shown.Append(VisibleText.Number(value));
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
