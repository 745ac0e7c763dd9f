namespace Urial;

/// <summary>Text cut to a length, for messages, labels and tables.</summary>
internal static class ShortText
{
    /// <summary>At most <paramref name="length"/> characters, the last one an ellipsis where something was cut.</summary>
    public static string Of(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var cut = length - 1;
        if (char.IsHighSurrogate(text[cut - 1]))
            cut--;
        return text[..cut] + "…";
    }
}
