namespace Urial.MicroWorld;

/// <summary>The plain word lists of <c>data/world/words/</c>, from which random phrases and odd questions are made.</summary>
internal static class WordLists
{
    private static readonly Lazy<string[]> CommonWords = new(() => ReadWords("common.txt"));
    private static readonly Lazy<string[]> FunctionWords = new(() => ReadWords("function.txt"));
    private static readonly Lazy<string[]> FriendlyWords = new(() => ReadWords("friendly.txt"));
    private static readonly Lazy<string[]> UnsafeActs = new(() => Lines("unsafe.txt"));
    private static readonly Lazy<string[]> UnknowableQuestions = new(() => Lines("unknowable.txt"));

    /// <summary>Common English content words.</summary>
    public static IReadOnlyList<string> Common => CommonWords.Value;

    /// <summary>Function words.</summary>
    public static IReadOnlyList<string> Function => FunctionWords.Value;

    /// <summary>Words that a friendly or a refusing voice uses.</summary>
    public static IReadOnlyList<string> Friendly => FriendlyWords.Value;

    /// <summary>Harmful acts, as verb phrases with <c>{name}</c>.</summary>
    public static IReadOnlyList<string> Unsafe => UnsafeActs.Value;

    /// <summary>Questions with <c>{name}</c> that nobody can answer.</summary>
    public static IReadOnlyList<string> Unknowable => UnknowableQuestions.Value;

    private static string[] ReadWords(string file) => Read(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string[] Lines(string file) =>
        Read(file).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Read(string file)
    {
        var path = Repository.Path("data", "world", "words", file);
        return File.Exists(path) ? InputFile.Text(path, "word list")
            : throw new UrialException($"No {path}: the micro-world's word lists are missing; check the repository out again.");
    }
}
