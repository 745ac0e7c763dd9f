using System.Text;

namespace Urial.Tests;

/// <summary>
/// Texts that tokenizers get wrong: every kind of character, runs, marks, joiners, control characters, spelled-out tokens.
/// </summary>
internal static class HostileText
{
    private static readonly string[] Bits =
    [
        "the", " The", "hello world", "it's", " IT'S", "don't", "'S", "'ſ", "'LL", "'Re", "\u212A", "A", "ABc", "aBC", "CamelCase",
        " ", "  ", "    ", "\n", "\n\n", "\r\n", "\r", "\t", " \n", "\n ", "  \n  ", "\u00A0", "\u0085", "\u3000", "\u2028", "\u200B",
        "\u200D", "\uFEFF", "\u202E", "0", "12", "345", "6789", "1234567", "3.14", "١٢٣", "Ⅷ", "²", "½", "①",
        "é", "e\u0301", "Å", "\u212B", "ñ", "n\u0303", "\u0301", "\u0301\u0327\u0315", "한", "\u1112\u1161\u11AB", "漢字", "ひらがな",
        "カタカナ", "שלום", "العربية", "हिन्दी", "ไทย", "Ǆ", "ǅ", "İ", "ß", "ﬁ", "👍", "👍🏽", "👨‍👩‍👧‍👦", "🇩🇪", "𝔘𝔫𝔦", "𐐀", "𠀀", "🄰",
        "\0", "\u0001", "\u007F", "\u001B[0m", "!", "?!", "...", "—", "“x”", "<", ">", "#", "//", "{\"a\": [1]}", "a_b", "x=1;", "$5.00",
        "€", "±", "≤", "\uE000", "\uFFFD", "\uFFFF", "\U0010FFFF", "\u0378", "<0x41>", "<0xE2>", "▁", "▁▁", "Ġ", "Ċ", "\\n",
    ];

    /// <summary>The next text.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="tokens">Added tokens, which are spelled out now and then, whole or cut off.</param>
    public static string Next(Random random, string[] tokens)
    {
        var text = new StringBuilder();
        for (var left = random.Next(random.Next(3) == 0 ? 40 : 10); left > 0; left--)
            text.Append(random.Next(11) switch
            {
                < 4 => Bits[random.Next(Bits.Length)],
                4 => tokens.Length == 0 ? "" : Spelled(random, tokens[random.Next(tokens.Length)]),
                5 => new string(" \n\t\r0a!\u00A0"[random.Next(8)], random.Next(1, random.Next(6) == 0 ? 80 : 6)),
                6 => Point(random, 0x80, 0x3000),
                7 => Point(random, 0x3000, 0x10000),
                8 => Point(random, 0x10000, 0x32000),
                9 => string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Point(random, 0x300, 0x370))),
                _ => string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => Point(random, 'a', 'z' + 1))) + " ",
            });
        return text.ToString();
    }

    private static string Spelled(Random random, string token)
    {
        var length = random.Next(4) == 0 ? random.Next(1, token.Length + 1) : token.Length;
        return token[..(char.IsHighSurrogate(token[length - 1]) ? length + 1 : length)];
    }

    private static string Point(Random random, int first, int end)
    {
        while (true)
            if (random.Next(first, end) is var point && point is < 0xD800 or > 0xDFFF)
                return char.ConvertFromUtf32(point);
    }
}
