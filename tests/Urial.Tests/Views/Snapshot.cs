namespace Urial.Tests;

/// <summary>Compares text with a committed file; a missing file is written once, for a person to look at and commit.</summary>
internal static class Snapshot
{
    public static void Matches(string name, string actual)
    {
        var path = Repository.Path("tests", "Urial.Tests", "Views", "snapshots", name);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual + "\n");
            Assert.Fail($"{path} was not there and has been written: read it, then commit it.");
        }
        Assert.Equal(File.ReadAllText(path).TrimEnd('\n'), actual.TrimEnd('\n'));
    }
}
