using System.Runtime.Loader;
using Urial.Notebooks;

namespace Urial.Tests;

/// <summary>Whatever a cell references is the host's own assembly: there is no second copy to disagree with it.</summary>
[Collection(NotebookCollection.Name)]
public sealed class HostReferencesTests
{
    private const string Reference = "#r \"../lib/bin/Urial.dll\"\n";

    [Fact]
    public async Task A_cells_types_are_the_hosts_types()
    {
        HostProbe.Seen.Clear();
        var run = await Cells.RunAsync(
            Reference + "#r \"../tests/Urial.Tests/bin/Debug/Urial.Tests.dll\"".Replace("Debug", Configuration, StringComparison.Ordinal) + "\nusing Urial;",
            "Urial.Tests.HostProbe.Seen.Add(typeof(Repository));\nUrial.Tests.HostProbe.Seen.Add(typeof(TorchSharp.torch));\nUrial.Tests.HostProbe.Seen.Add(typeof(Microsoft.DotNet.Interactive.Formatting.Formatter));");

        Assert.Null(run.Failure);
        Assert.Equal([typeof(Repository), typeof(TorchSharp.torch), typeof(Microsoft.DotNet.Interactive.Formatting.Formatter)], HostProbe.Seen);
        Assert.Equal(1, Copies("Urial"));
        Assert.Equal(1, Copies("TorchSharp"));
    }

    [Fact]
    public async Task One_reference_brings_the_librarys_packages_along()
    {
        var run = await Cells.RunAsync(
            Reference + "using Urial;\nusing Microsoft.Data.Analysis;\nusing TorchSharp;",
            "var frame = new DataFrame(new PrimitiveDataFrameColumn<double>(\"x\", new[] { 1.5, 2.5 }));\nframe.Rows.Count",
            "var t = torch.ones(2, 3);\nt.sum().item<float>()",
            "var table = new ShiftTable(new List<ShiftedAnswer>());\nvar positions = table.Positions();\npositions.Columns.Count > 0");

        Assert.Null(run.Failure);
        Assert.Equal(["value: 2"], run.Shown(1));
        Assert.Equal(["value: 6"], run.Shown(2));
        Assert.Equal(1, Copies("Microsoft.Data.Analysis"));
    }

    [Fact]
    public async Task The_reference_starts_from_the_notebooks_folder()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "notebooks")).FullName;
        var run = await Cells.RunAsync(Cells.Code(Reference + "1"), folder);

        Assert.Contains("Build the library first", run.Failure!.Message);
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Name;

    private static int Copies(string name) =>
        AssemblyLoadContext.All.SelectMany(context => context.Assemblies).Count(a => a.GetName().Name == name);
}
