using System.Text;

namespace Urial.MicroWorld;

/// <summary>
/// Random phrases, bullets and names that no model can have learned by heart, so that a style must be copied from its context.
/// They hold vocabulary pieces (a token that never occurs keeps an untrained embedding and cannot be copied), function words
/// (whose frequent successors would else beat the copy), friendly and common words, pseudo-words and single characters.
/// </summary>
public sealed class OpenVocabulary
{
    /// <summary>Stands in a phrase where an entity's name goes.</summary>
    public const char Slot = '\uE000';

    private const string Marks = "+*-~/=#.$%&°»•→§·()[]<>|:^!?@_abcxyz0123";
    private static readonly string[] Onsets = "b d f g h k l m n p r s t v w z br dr gr kr pr tr fl gl pl sl st sk th sh".Split(' ');
    private static readonly string[] Vowels = "a e i o u ai ea ou".Split(' ');
    private static readonly string[] Codas = ["", "n", "r", "l", "s", "th", "m"];
    private static readonly string[] Ends = ["!", ".", ".", ".", "", ":", "?", "…", " –"];
    private static readonly string[] PlainBullets = ["-", "*", "+", "•", "1)", "=>", ">", "->", "–", "o"];
    private static readonly string[] OddBullets =
        ["~>", "::", "|", "->", "#", "(i)", "&", "%", "@", "..", "=", "/", "<>", "*)", "+)", "_", "^", "$", "!", ";"];

    private readonly IReadOnlyList<string> _pieces;

    /// <summary>Phrases over words, and over these vocabulary pieces where there are any.</summary>
    public OpenVocabulary(IReadOnlyList<string> pieces) => _pieces = pieces;

    /// <summary>A word that does not exist.</summary>
    public static string PseudoWord(Rng r, int low = 1, int high = 3)
    {
        var word = new StringBuilder();
        for (var i = r.Between(low, high); i > 0; i--)
            word.Append(r.Pick(Onsets)).Append(r.Pick(Vowels));
        return word.Append(r.Pick(Codas)).ToString();
    }

    /// <summary>A phrase of <paramref name="low"/> to <paramref name="high"/> units, with a name's slot where asked.</summary>
    public string Phrase(Rng r, int low = 1, int high = 7, bool slot = false, double pieces = .4)
    {
        var count = r.Between(low, high);
        var at = slot ? r.Next(count + 1) : -1;
        return _pieces.Count > 0 && r.Chance(pieces) ? PiecePhrase(r, count, at) : WordPhrase(r, count, at);
    }

    /// <summary>A bullet: common, odd, a run of marks, or a vocabulary piece.</summary>
    public string Bullet(Rng r)
    {
        var x = r.NextDouble();
        if (x < .06)
            return new string(r.Pick(Marks.AsSpan(0, 18).ToArray()), r.Between(2, 3));
        if (x < .32)
        {
            var marks = new char[r.Between(1, 3)];
            for (var i = 0; i < marks.Length; i++)
                marks[i] = Marks[r.Next(Marks.Length)];
            return new string(marks);
        }
        if (x < .52)
            return r.Pick(PlainBullets);
        if (x < .76 && _pieces.Count > 0)
            return r.Pick(_pieces).Trim() + (r.Chance(.3) ? r.Pick([")", ":", "."]) : "");
        return r.Pick(OddBullets) + r.Pick(["", "", ">", ")", ":"]);
    }

    private string PiecePhrase(Rng r, int count, int slotAt)
    {
        var text = new StringBuilder();
        for (var i = 0; i <= count; i++)
        {
            if (i == slotAt)
                text.Append(i == 0 ? "" : " ").Append(Slot).Append(' ');
            if (i < count)
                text.Append(r.Pick(_pieces));
        }
        return Squeeze(text);
    }

    private static string WordPhrase(Rng r, int count, int slotAt)
    {
        var pseudo = r.Chance(.25);
        var text = new StringBuilder();
        for (var i = 0; i <= count; i++)
        {
            if (i == slotAt)
                text.Append(Slot).Append(' ');
            if (i == count)
                break;
            var x = r.NextDouble();
            text.Append(pseudo || x < .08 ? PseudoWord(r) : x < .11 ? Mark(r) : x < .45 ? r.Pick(WordLists.Function)
                : x < .68 ? r.Pick(WordLists.Friendly) : r.Pick(WordLists.Common));
            if (i < count - 1 && r.Chance(.08))
                text.Append(r.Chance(.8) ? ',' : ';');
            text.Append(' ');
        }
        text.Length--;
        if (r.Chance(.72))
            text[0] = char.ToUpperInvariant(text[0]);
        if (r.Chance(.86))
            text.Append(r.Pick(Ends));
        return text.ToString();
    }

    private static string Mark(Rng r) => Marks[r.Next(Marks.Length)].ToString();

    private static string Squeeze(StringBuilder text)
    {
        var squeezed = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (!char.IsWhiteSpace(text[i]))
                squeezed.Append(text[i]);
            else if (squeezed.Length > 0 && squeezed[^1] != ' ')
                squeezed.Append(' ');
        while (squeezed.Length > 0 && squeezed[^1] == ' ')
            squeezed.Length--;
        return squeezed.Length == 0 ? "x" : squeezed.ToString();
    }
}
