using System.Security.Cryptography;
using TorchSharp;

namespace Urial.Tests.Runtime;

public sealed class TorchRuntimeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-cure-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Torch_loads_and_computes()
    {
        using var x = torch.arange(6, torch.float32).reshape(2, 3);
        using var y = x.matmul(x.t());
        Assert.Equal([5f, 14f, 14f, 50f], y.data<float>().ToArray());
    }

    [LinuxFact]
    public void Cure_is_idempotent_and_leaves_the_package_folder_untouched()
    {
        var package = PackagedLibrary();
        var before = Hash(package);
        var copy = Path.Combine(_folder.FullName, "libLibTorchSharp.so");
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "link"), package);
        File.Copy(package, copy);

        Assert.True(TorchRuntime.Cure(copy));
        var cured = Hash(copy);
        Assert.False(TorchRuntime.Cure(copy));

        Assert.Equal(cured, Hash(copy));
        Assert.NotEqual(before, cured);
        Assert.Equal(before, Hash(package));
        Assert.Equal(new FileInfo(package).Length, new FileInfo(copy).Length);
        Assert.Equal(2, Directory.GetFiles(_folder.FullName).Length);
    }

    [LinuxFact]
    public void Cure_replaces_a_hard_link_instead_of_writing_through_it()
    {
        var original = Path.Combine(_folder.FullName, "package.so");
        var linked = Path.Combine(_folder.FullName, "libLibTorchSharp.so");
        File.Copy(PackagedLibrary(), original);
        var before = Hash(original);
        using (var ln = System.Diagnostics.Process.Start("ln", [original, linked]))
            ln.WaitForExit();

        Assert.True(TorchRuntime.Cure(linked));
        Assert.Equal(before, Hash(original));
        Assert.NotEqual(before, Hash(linked));
    }

    [LinuxFact]
    public void The_library_that_runs_is_cured_already() =>
        Assert.False(TorchRuntime.Cure(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so")));

    [Fact]
    public void A_file_that_is_no_library_is_refused() =>
        Assert.Throws<InvalidDataException>(() => ElfVersionNeed.Weaken(new byte[100], TorchRuntime.UnusedVersion));

    private static string PackagedLibrary()
    {
        var root = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var version = typeof(torch).Assembly.GetName().Version!.ToString(3);
        return Path.Combine(root, "torchsharp", version, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
    }

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
}
