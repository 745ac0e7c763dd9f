using System.Reflection;
using System.Text.Json.Nodes;
using Urial.Notebooks;
using Urial.Tests.Models;

namespace Urial.Tests;

/// <summary>A chapter's process knows the library only through what its cells reference.</summary>
[Collection(NotebookCollection.Name)]
public sealed class HostReferencesTests
{
    private const string Reference = "#r \"../lib/bin/Urial.dll\"\n";

    [Fact]
    public async Task One_reference_brings_the_librarys_packages_along_and_loads_each_once()
    {
        var run = await Cells.RunAsync(
            Reference + "using Urial;\nusing Microsoft.Data.Analysis;\nusing TorchSharp;",
            "var frame = new DataFrame(new PrimitiveDataFrameColumn<double>(\"x\", new[] { 1.5, 2.5 }));\nframe.Rows.Count",
            "var t = torch.ones(2, 3);\nt.sum().item<float>()",
            "var positions = new List<ShiftedAnswer>().ToFrame();\npositions.Columns.Count > 0",
            "string.Join(\",\", new[] { \"Urial\", \"TorchSharp\", \"Microsoft.Data.Analysis\" }.Select(name => "
                + "System.Runtime.Loader.AssemblyLoadContext.All"
                + ".SelectMany(context => context.Assemblies).Count(a => a.GetName().Name == name)))");

        Assert.Null(run.Failure);
        Assert.Equal(["value: 2"], run.Shown(1));
        Assert.Equal(["value: 6"], run.Shown(2));
        Assert.Equal(["value: 1,1,1"], run.Shown(4));
    }

    [Fact]
    public async Task Without_a_reference_the_library_is_not_there()
    {
        var run = await Cells.RunAsync("typeof(Urial.Repository)");

        Assert.Equal("CompilationError", run.Failure!.Name);
    }

    [Fact]
    public async Task Of_references_the_metadata_alone_is_kept()
    {
        var run = await Cells.RunAsync(
            "using Microsoft.DotNet.Interactive;\nvar kernel = Kernel.Root.FindKernelByName(\"csharp\");\n"
                + "var field = kernel.GetType().GetField(\"_scriptOptions\", System.Reflection.BindingFlags.Instance"
                + " | System.Reflection.BindingFlags.NonPublic);\n"
                + "((Microsoft.CodeAnalysis.Scripting.ScriptOptions)field.GetValue(kernel)).MetadataResolver.GetType().Name");

        Assert.Null(run.Failure);
        Assert.Equal(["value: MetadataReferences"], run.Shown(0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no assembly")]
    [InlineData("MZ")]
    public async Task A_reference_to_what_is_no_assembly_names_the_file(string contents)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("none.dll");
        await File.WriteAllTextAsync(file, contents);

        var run = await Cells.RunAsync("1", $"#r \"{file}\"\n2", "3");

        Assert.Equal("CompilationError", run.Failure!.Name);
        Assert.StartsWith("CS0009", run.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("none.dll", run.Failure.Message);
    }

    [Fact]
    public async Task The_reference_starts_from_the_notebooks_folder()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "notebooks")).FullName;
        var run = await Cells.RunAsync(Cells.Code(Reference + "1"), folder);

        Assert.Contains("Build the library first", run.Failure!.Message);
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    [Theory]
    [InlineData("older")]
    [InlineData("newer")]
    [InlineData("absent")]
    public async Task A_figure_is_drawn_whatever_FSharp_Core_the_kernel_brings(string version)
    {
        using var folder = new TemporaryFolder();
        var notebook = Cells.Code(
            Reference + "using Urial;",
            "var own = AppDomain.CurrentDomain.GetData(\"TRUSTED_PLATFORM_ASSEMBLIES\").ToString().Split(System.IO.Path.PathSeparator)"
                + ".FirstOrDefault(file => file.EndsWith(\"FSharp.Core.dll\"));\n"
                + "var needed = typeof(Plotly.NET.GenericChart).Assembly.GetReferencedAssemblies().First(a => a.Name == "
                + "\"FSharp.Core\").Version;\n"
                + "own is null ? \"absent\" : System.Reflection.AssemblyName.GetAssemblyName(own).Version < needed ? \"older\" : \"newer\"",
            "var bars = new Plotly.NET.Trace(\"bar\");\nbars.SetProperty(\"y\", new[] { 1, 2 });\n"
                + "new Figure(Plotly.NET.GenericChart.ofTraceObject(false, bars), \"Two bars\", \"1 and 2\")");

        var run = await new NotebookRunner { Host = Host(version, folder.Root) }.RunAsync(notebook, Repository.Path("notebooks"));

        Assert.Null(run.Failure);
        Assert.Equal([$"value: {version}"], run.Shown(1));
        var figure = Assert.IsType<DisplayOutput>(run.Executed.Cells[2].Outputs.Single());
        Assert.Equal([MimeTypes.Plotly, MimeTypes.Text], figure.Data.Keys);
        Assert.Equal("bar", (string?)figure.Data[MimeTypes.Plotly]["data"]![0]!["type"]);
        Assert.Equal("Two bars\n1 and 2", figure.Text(MimeTypes.Text));
    }

    /// <summary>The host as it was built, which brings the kernel's own FSharp.Core, or a copy with another or none.</summary>
    private static string? Host(string version, string folder)
    {
        if (version == "older")
            return null;
        foreach (var file in Directory.GetFiles(Repository.Path("lib", "bin", "host")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var library = Path.Combine(folder, "FSharp.Core.dll");
        File.Delete(library);
        var dependencies = Path.Combine(folder, "Urial.Notebooks.Host.deps.json");
        if (version == "newer")
            File.Copy(NewerFSharpCore, library);
        else
            File.WriteAllText(dependencies, WithoutFSharpCore(JsonNode.Parse(File.ReadAllText(dependencies))!).ToJsonString());
        return Path.Combine(folder, HostProcess.Program);
    }

    private static JsonNode WithoutFSharpCore(JsonNode dependencies)
    {
        foreach (var (_, target) in dependencies["targets"]!.AsObject())
            foreach (var (name, library) in target!.AsObject())
                if (name.StartsWith("FSharp.Core/", StringComparison.Ordinal))
                    library!.AsObject().Remove("runtime");
        return dependencies;
    }

    private static string NewerFSharpCore => typeof(HostReferencesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == nameof(NewerFSharpCore)).Value!;
}
