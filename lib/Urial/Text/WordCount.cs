namespace Urial;

/// <summary>The length of a text in words.</summary>
public static class WordCount
{
    /// <summary>How many words a text has: runs of characters parted by white space.</summary>
    public static int Of(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
