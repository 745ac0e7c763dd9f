using System.Text.Json.Nodes;

namespace Urial.Tests;

/// <summary>Small tokenizers made on the spot.</summary>
internal static class TextFixtures
{
    // Beside the tests and emptied by the next run: a test host may be ended before it can clean up.
    private static readonly Lazy<DirectoryInfo> Root = new(() =>
    {
        var root = new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "text-fixtures"));
        if (root.Exists)
            root.Delete(recursive: true);
        root.Create();
        return root;
    });

    public static readonly string[] Specials = [MicroTemplate.End, "<|pad|>", MicroTemplate.User, MicroTemplate.Assistant,
        MicroTemplate.System];
    public static readonly (string, string)[] Merges = [("t", "h"), ("th", "e"), ("Ġ", "the"), ("a", "b"), ("b", "c"), ("ab", "ab"),
        ("1", "2")];

    /// <summary>Writes specials, the 256 bytes and a few merges into a new folder of its own.</summary>
    public static string WriteMicroTokenizer()
    {
        var directory = NewFolder();
        string[] vocabulary = [.. Specials, .. Enumerable.Range(0, 256).Select(value => ByteAlphabet.Char((byte)value).ToString()),
            .. Merges.Select(m => m.Item1 + m.Item2)];
        TokenizerFiles.Write(directory, vocabulary, Merges, Specials, MicroTemplate.End, "<|pad|>", MicroTemplate.Jinja, 1280);
        return directory;
    }

    /// <summary>The same with tokenizer.json changed.</summary>
    public static string WriteChanged(Action<JsonObject> change)
    {
        var directory = WriteMicroTokenizer();
        var path = Path.Combine(directory, "tokenizer.json");
        var json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(json);
        File.WriteAllText(path, json.ToJsonString());
        return directory;
    }

    /// <summary>An empty folder of its own.</summary>
    public static string NewFolder() => Root.Value.CreateSubdirectory(Path.GetRandomFileName()).FullName;
}
