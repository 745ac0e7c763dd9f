namespace Urial.Tests.Models;

/// <summary>A folder of its own for one test, removed at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("urial-test-").FullName;

    /// <summary>A folder filled with a copy of a golden model.</summary>
    public static TemporaryFolder WithModel(string name)
    {
        var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Repository.Path("tests", "golden", "models", name)))
            System.IO.File.Copy(file, folder.File(Path.GetFileName(file)));
        return folder;
    }

    /// <summary>A folder filled with a copy of a model that reads longer texts than the original.</summary>
    public static TemporaryFolder WithModelFrom(string directory, int positions)
    {
        var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(directory))
            System.IO.File.Copy(file, folder.File(Path.GetFileName(file)));
        folder.Replace("config.json", "\"max_position_embeddings\": 512", $"\"max_position_embeddings\": {positions}");
        return folder;
    }

    public string File(string name) => Path.Combine(Root, name);

    public void Replace(string name, string old, string replacement)
    {
        var text = System.IO.File.ReadAllText(File(name));
        Assert.Contains(old, text);
        System.IO.File.WriteAllText(File(name), text.Replace(old, replacement, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
