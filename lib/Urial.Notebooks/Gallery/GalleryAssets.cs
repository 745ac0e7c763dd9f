namespace Urial.Notebooks;

/// <summary>The files that the gallery is made with, embedded in this assembly.</summary>
internal static class GalleryAssets
{
    /// <summary>One of them that is no text.</summary>
    public static byte[] Bytes(string name)
    {
        using var stream = typeof(GalleryAssets).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>One of them.</summary>
    public static string Text(string name)
    {
        using var reader = new StreamReader(typeof(GalleryAssets).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
