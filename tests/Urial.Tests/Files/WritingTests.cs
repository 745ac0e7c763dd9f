using Urial.Tests.Models;
using Urial.Tests.Runtime;

namespace Urial.Tests.Files;

/// <summary>A write that fails is an error of its own kind, whoever writes.</summary>
public sealed class WritingTests
{
    [LinuxFact]
    public void A_full_disk_is_told_in_one_way()
    {
        using var folder = new TemporaryFolder();
        var full = folder.File("full");
        File.CreateSymbolicLink(full, "/dev/full");
        Action[] writers =
        [
            () => AtomicFile.WriteText("/dev/full", "x"),
            () => DurableLines.Append(full, json => json.WriteNullValue()),
            () =>
            {
                using var file = Output(full);
                file.Append([("a", "", json => json.WriteRawValue("""{"id": "a"}"""))]);
            },
        ];
        Assert.All(writers, write => Assert.Contains("there is no space left", Assert.Throws<WriteException>(write).Message));
        Assert.True(File.Exists("/dev/full"));
    }

    [Fact]
    public void A_folder_is_no_file_to_write()
    {
        using var folder = new TemporaryFolder();
        Action[] writers = [() => AtomicFile.WriteText(folder.Root, "x"),
            () => DurableLines.Append(folder.Root, json => json.WriteNullValue()), () => Output(folder.Root).Dispose()];
        Assert.All(writers, write => Assert.Contains("it is a folder", Assert.Throws<UrialException>(write).Message));
    }

    private static RunOutput<string> Output(string file) => new(file, "line", line => line.Id!, (_, _) => true);

    [Fact]
    public void A_copy_replaces_what_was_there()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a"), "new");
        File.WriteAllText(folder.File("b"), "old and longer");
        AtomicFile.Copy(folder.File("a"), folder.File("b"));
        Assert.Equal("new", File.ReadAllText(folder.File("b")));
        Assert.Equal(2, Directory.GetFiles(folder.Root).Length);
    }
}
